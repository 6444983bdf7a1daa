import { findTable, findView } from '../../src/catalog/catalog.ts'
import type { ChangeOf } from '../../src/catalog/change.ts'
import { isNewTable } from '../../src/catalog/newness.ts'
import { displayName, nameKey } from '../../src/catalog/names.ts'
import { defineRule, type RuleContext } from '../../src/lint/rule.ts'
import { renameTableOnMysql } from './mysql/renames.ts'
import { renameTableOnSqlite } from './sqlite/renames.ts'

export const renameTable = defineRule({
  name: 'rename-table',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A table is renamed or moved while code that knows the old name may still run',
      why: `The moment the migration commits, every query of the previous release fails with "relation does not exist"; before it commits, every query of the new one does. That includes moving it to another schema.`,
      instead: `Rename it in TypeScript only: \`export const accounts = pgTable('users', …)\` leaves the database alone. If the table itself must change, leave a view under the old name in the same migration: \`CREATE VIEW "users" AS SELECT * FROM "accounts"\`, which reads and writes through; drop it once no code uses the old name. Drizzle does not write that view: add it to the generated SQL by hand.`,
      category: 'breaks-running-code',
      examples: {
        bad: [
          {
            name: 'a rename as drizzle-kit writes it',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" RENAME TO "accounts";`,
          },
          {
            name: 'a move to another schema',
            schema: `CREATE SCHEMA auth;
CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" SET SCHEMA "auth";`,
          },
        ],
        good: [
          {
            name: 'with a view under the old name',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" RENAME TO "accounts";--> statement-breakpoint
CREATE VIEW "users" AS SELECT * FROM "accounts";`,
          },
          {
            name: 'with a new table under the old name',
            schema: `CREATE TABLE events (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "events" RENAME TO "events_old";--> statement-breakpoint
CREATE TABLE "events" ("id" integer, "day" date NOT NULL) PARTITION BY RANGE ("day");`,
          },
        ],
      },
    },
    wording: { mysql: renameTableOnMysql, sqlite: renameTableOnSqlite },
    messages: {
      renames: {
        message: 'Renaming {{object}} to {{to}} breaks every running query that names {{object}}.',
        help: 'Rename only the TypeScript export, or leave a view under the old name until no code uses it.',
      },
    },
  },
  create(context) {
    return {
      RenameTable: (change) => report(context, change),
      SetTableSchema: (change) => report(context, change),
    }
  },
})

function report(
  context: RuleContext,
  change: ChangeOf<'RenameTable'> | ChangeOf<'SetTableSchema'>,
): void {
  const { before, table, to } = change
  const { after, before: deployed } = context.deployment
  // Something stands under the old name again: the queries find it.
  if (findTable(before, table) === undefined && before.gone.has(nameKey(table))) return
  if (isNewTable(before, table) || findView(after, table) || findTable(after, table)) return
  // Code that runs cannot name what only this deployment has named so.
  if (findTable(before, table) && !findTable(deployed, table)) return
  context.report({
    on: change,
    part: 'table',
    messageId: 'renames',
    object: displayName(table),
    data: { to: displayName(to) },
  })
}
