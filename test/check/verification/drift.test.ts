import { expect, test } from 'vitest'
import { exitCode } from '../../../src/report/tally.ts'
import { project } from '../projects.ts'
import { told, verified } from './verified.ts'

const BREAK = '--> statement-breakpoint\n'

const CONFIG = `export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle', tablesFilter: ['!legacy_*'] }`

const SCHEMA = `
  import { sql } from 'drizzle-orm'
  import { check, customType, index, integer, numeric, pgEnum, pgPolicy, pgTable, pgView, serial, text, timestamp, varchar } from 'drizzle-orm/pg-core'
  const citext = customType<{ data: string }>({ dataType: () => 'citext' })
  export const state = pgEnum('state', ['open', 'paid'])
  export const customers = pgTable('customers', {
    id: serial().primaryKey(),
    email: varchar({ length: 80 }).notNull().default('none'),
    nick: text().notNull(),
    joined: timestamp().defaultNow().notNull(),
  }, (t) => [index('customers_nick').on(t.nick)])
  export const orders = pgTable('orders', {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    customer: integer().references(() => customers.id, { onDelete: 'cascade' }),
    total: numeric({ precision: 12, scale: 2 }).notNull(),
    state: state().default('open'),
    code: text().default(sql\`order_code()\`),
    note: text(),
  }, (t) => [check('positive', sql\`\${t.total} > 0\`), pgPolicy('readers', { for: 'select', using: sql\`total > 10\` })])
  export const totals = pgView('totals').as((qb) => qb.select({ total: orders.total }).from(orders))
`

const SQL = `CREATE FUNCTION order_code() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$;${BREAK}
  CREATE TYPE "state" AS ENUM('open', 'paid');${BREAK}
  CREATE TABLE "customers" ("id" serial PRIMARY KEY, "email" text DEFAULT 'none' NOT NULL, "nick" text NOT NULL,
    "joined" timestamp DEFAULT now() NOT NULL);${BREAK}
  ALTER TABLE "customers" ALTER COLUMN "email" SET DATA TYPE varchar(80);${BREAK}
  CREATE TABLE "orders" ("id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, "code" text DEFAULT order_code(),
    "customer" integer, "total" numeric(12, 2) NOT NULL, "state" "state" DEFAULT 'open', "note" text,
    CONSTRAINT "orders_customer_customers_id_fk" FOREIGN KEY ("customer") REFERENCES "customers" ("id") ON DELETE CASCADE,
    CONSTRAINT "positive" CHECK ("total" > 0));${BREAK}
  ALTER TABLE "orders" ENABLE ROW LEVEL SECURITY;${BREAK}
  CREATE POLICY "readers" ON "orders" FOR SELECT USING (total > 10);${BREAK}
  CREATE INDEX "customers_nick" ON "customers" ("nick");${BREAK}
  CREATE VIEW "totals" AS (SELECT "total" FROM "orders");`

const files = (migrations: Record<string, string>, more: Record<string, string> = {}) => ({
  ...project(migrations),
  'drizzle.config.ts': CONFIG,
  'schema.ts': SCHEMA,
  ...more,
})

test('migrations that make what the schema says, and more that no schema has words for', async () => {
  const migrations = {
    '0000_all': SQL,
    '0001_more': `CREATE TABLE "legacy_orders" ("id" integer);${BREAK}
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;${BREAK}
      CREATE TRIGGER touched BEFORE UPDATE ON "orders" FOR EACH ROW EXECUTE FUNCTION touch();${BREAK}
      CREATE INDEX "by_hand" ON "orders" (lower("note"));`,
  }
  const result = await verified(files(migrations), { kind: 'all' }, {}, '0.31.11')
  expect(result.problems).toEqual([])
  expect(told(result).filter((one) => one.startsWith('schema-drift'))).toEqual([])
  expect(result.notices).toContainEqual(
    'drizzle.config.ts: only the migrations make, and the schema need not: function order_code(), function touch(), trigger orders.touched, index by_hand.',
  )
})

test('each difference is told with both sides, where the migration touched it or the schema declares it', async () => {
  const migrations = {
    '0000_all': SQL.replace('numeric(12, 2)', 'numeric(10, 2)')
      .replace('"total" > 0', '"total" > 1')
      .replace('("nick")', '("nick" DESC)')
      .replace('"nick" text NOT NULL', '"nick" text')
      .replace('USING (total > 10)', 'USING (true)'),
    '0001_more': `DO $$ BEGIN EXECUTE 'ALTER TABLE orders DROP COLUMN note'; END $$;${BREAK}
      ALTER TABLE "customers" ADD COLUMN "age" integer;${BREAK}
      ALTER TABLE "orders" ADD COLUMN "needed" integer NOT NULL;`,
  }
  const result = await verified(
    files(migrations, {
      'migration-lint.config.json': JSON.stringify({
        acknowledged: [
          {
            migration: '0001_more',
            rule: 'snapshot-mismatch',
            object: 'customers.age',
            reason: 'x',
          },
        ],
      }),
    }),
    { kind: 'all' },
    {},
    '0.31.11',
  )
  const found = result.findings.filter(({ rule }) => rule === 'schema-drift')
  expect(
    found.map(
      ({ severity, measured, file, suppressed, message }) =>
        `${severity}${measured ? '' : ' read'}${suppressed ? ' ok' : ''} ${file}: ${message}`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "error drizzle/0000_all.sql: The migrations make customers.nick nullable; the schema says NOT NULL.",
      "error drizzle/0000_all.sql: The migrations make the check constraint positive of orders as CHECK ((total > (1)::numeric)); the schema says CHECK ((total > (0)::numeric)).",
      "error drizzle/0000_all.sql: The migrations make orders.total numeric(10,2); the schema says numeric(12,2).",
      "warn drizzle/0000_all.sql: The migrations make the policy readers of orders as FOR SELECT TO public USING (true); the schema says FOR SELECT TO public USING ((total > (10)::numeric)).",
      "warn drizzle/0000_all.sql: The migrations make the index customers_nick of customers as CREATE INDEX ON public.customers USING btree (nick DESC); the schema says CREATE INDEX ON public.customers USING btree (nick).",
      "error drizzle/0001_more.sql: The migrations do not make the column orders.note, which the schema has.",
      "warn ok drizzle/0001_more.sql: The migrations make the column customers.age, which the schema does not have.",
      "error drizzle/0001_more.sql: The migrations make orders.needed NOT NULL without a default, and the schema does not have the column: every INSERT that Drizzle builds leaves it out and fails.",
    ]
  `)
  expect(exitCode(result, null)).toBe(1)
})
