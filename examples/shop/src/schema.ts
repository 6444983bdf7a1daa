import {
  bigint,
  index,
  integer,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  varchar,
} from 'drizzle-orm/pg-core'

export const users = pgTable('users', {
  id: serial().primaryKey(),
  email: varchar({ length: 255 }).notNull().unique(),
})

export const products = pgTable(
  'products',
  {
    id: serial().primaryKey(),
    title: text().notNull(),
    priceInCents: integer('price_in_cents').notNull(),
  },
  (table) => [index().on(table.title)],
)

export const orderStatus = pgEnum('order_status', ['open', 'paid', 'shipped'])

export const orders = pgTable(
  'orders',
  {
    id: serial().primaryKey(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    status: orderStatus().notNull().default('open'),
    totalInCents: bigint('total_in_cents', { mode: 'number' }).notNull(),
    currency: varchar({ length: 3 }).notNull(),
    placedAt: timestamp('placed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index().on(table.userId), index().on(table.status).concurrently()],
)

export const reviews = pgTable('reviews', {
  id: serial().primaryKey(),
  productId: integer('product_id')
    .notNull()
    .references(() => products.id, { onDelete: 'cascade' }),
  stars: integer().notNull(),
  body: text().notNull(),
})
