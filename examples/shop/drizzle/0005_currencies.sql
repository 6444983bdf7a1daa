ALTER TABLE "orders" ALTER COLUMN "total_in_cents" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "currency" varchar(3) NOT NULL;--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "name";