CREATE TYPE "public"."order_status" AS ENUM('open', 'paid', 'shipped');--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "status" "order_status" DEFAULT 'open' NOT NULL;