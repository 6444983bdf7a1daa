import { findTable } from '../../src/catalog/catalog.ts'
import { isNewColumn, isNewTable } from '../../src/catalog/newness.ts'
import { displayColumn } from '../../src/catalog/names.ts'
import { findColumn } from '../../src/catalog/table.ts'
import { dropDefaultOnMysql } from './mysql/dropDefault.ts'
import { defineRule } from '../../src/lint/rule.ts'

export const dropDefault = defineRule({
  name: 'drop-default',
  meta: {
    dialects: ['postgresql', 'mysql'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A required column loses its default while running code may rely on it',
      why: `An INSERT that does not name the column gets NULL from then on, and NOT NULL refuses it (23502). Code of the previous release leaves the column out, or writes DEFAULT, as Drizzle does for a column with a default that an insert does not set: every such insert fails from the moment the migration commits until the rollout is over.`,
      instead: `Two deployments: ship the code that always sets the column first, with the default still in the database (take the generated DROP DEFAULT out of the file and keep a comment). In a later deployment drop the default in a custom migration (\`drizzle-kit generate --custom\`).`,
      category: 'breaks-running-code',
      examples: {
        bad: [
          {
            name: 'what drizzle-kit writes for a default that is taken away',
            schema: `CREATE TABLE users (id int PRIMARY KEY, role text DEFAULT 'member' NOT NULL);`,
            sql: `ALTER TABLE "users" ALTER COLUMN "role" DROP DEFAULT;`,
          },
        ],
        good: [
          {
            name: 'of a column that may be NULL',
            schema: `CREATE TABLE users (id int PRIMARY KEY, role text DEFAULT 'member');`,
            sql: `ALTER TABLE "users" ALTER COLUMN "role" DROP DEFAULT;`,
          },
          {
            name: 'another default takes its place',
            schema: `CREATE TABLE users (id int PRIMARY KEY, role text DEFAULT 'member' NOT NULL);`,
            sql: `ALTER TABLE "users" ALTER COLUMN "role" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'guest';`,
          },
        ],
      },
    },
    wording: { mysql: dropDefaultOnMysql },
    messages: {
      drops: {
        message:
          '{{object}} is NOT NULL and loses its default, so running code that inserts without it fails.',
        help: 'Ship the code that always sets it first, and drop the default in a later deployment.',
      },
    },
  },
  create(context) {
    return {
      DropDefault(change) {
        const { before, table, column } = change
        if (isNewTable(before, table) || isNewColumn(before, table, column)) return
        const known = findColumn(findTable(before, table), column)
        const had = known !== undefined && (known.default !== null || known.serial)
        const after = findColumn(findTable(context.deployment.after, table), column)
        if (!had || after === undefined || !after.notNull) return
        if (after.default !== null || after.identity !== null || after.serial || after.generated)
          return
        if (after.autoIncrement) return
        context.report({
          on: change,
          part: 'column',
          messageId: 'drops',
          object: displayColumn(table, column),
        })
      },
    }
  },
})
