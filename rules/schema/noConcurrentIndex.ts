import { tableLabel } from '../../src/schema/model.ts'
import { callRange } from '../../src/schema/chain.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const noConcurrentIndex: SchemaRule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow `.concurrently()`, which Drizzle’s migrator cannot run',
      url: ruleUrl('no-concurrent-index'),
      recommended: true,
      why: `drizzle-kit turns \`.concurrently()\` into CREATE INDEX CONCURRENTLY. The migrator runs all pending migrations in one transaction, and PostgreSQL refuses the statement there: "CREATE INDEX CONCURRENTLY cannot run inside a transaction block". The whole deployment fails.`,
      instead: `Leave it out. On a table with many rows create the index by hand first (\`CREATE INDEX CONCURRENTLY\`, outside the migrator), with the name the schema gives it, and put IF NOT EXISTS into the migration. Turn the rule off if your migrations run without a transaction (neon-http, a runner of your own).`,
      examples: {
        bad: [
          {
            name: 'an index',
            code: `import { index, integer, pgTable } from 'drizzle-orm/pg-core'

export const posts = pgTable(
  'posts',
  { id: integer().primaryKey(), userId: integer('user_id') },
  (table) => [index('posts_user_id_idx').on(table.userId).concurrently()],
)`,
          },
        ],
        good: [
          {
            name: 'an ordinary index',
            code: `import { index, integer, pgTable } from 'drizzle-orm/pg-core'

export const posts = pgTable(
  'posts',
  { id: integer().primaryKey(), userId: integer('user_id') },
  (table) => [index('posts_user_id_idx').on(table.userId)],
)`,
          },
        ],
      },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      concurrently:
        "A migration that creates {{index}} fails: CREATE INDEX CONCURRENTLY cannot run in the transaction of Drizzle's migrator. Remove .concurrently(); if {{table}} is large, create the index by hand first.",
      remove: 'Remove .concurrently().',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table) => {
      for (const { concurrently, name } of table.indexes) {
        if (concurrently === null) continue
        context.report({
          node: concurrently.property,
          messageId: 'concurrently',
          data: { index: name ?? `the index on ${tableLabel(table)}`, table: tableLabel(table) },
          suggest: [
            {
              messageId: 'remove',
              fix: (fixer) => fixer.removeRange(callRange(concurrently)),
            },
          ],
        })
      }
    }),
}
