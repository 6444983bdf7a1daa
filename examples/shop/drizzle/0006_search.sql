CREATE INDEX CONCURRENTLY "orders_status_index" ON "orders" USING btree ("status");--> statement-breakpoint
CREATE INDEX "products_title_index" ON "products" USING btree ("title");