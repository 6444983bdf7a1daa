import type { ChangeOf } from '../../src/catalog/change.ts'
import { displayName } from '../../src/catalog/names.ts'
import { defineRule } from '../../src/lint/rule.ts'

type Concurrent =
  | ChangeOf<'CreateIndex'>
  | ChangeOf<'DropIndex'>
  | ChangeOf<'Reindex'>
  | ChangeOf<'DetachPartition'>

export const concurrentlyInTransaction = defineRule({
  name: 'concurrently-in-transaction',
  meta: {
    dialects: ['postgresql'],
    type: 'problem',
    severity: 'error',
    covers: {
      errors: {
        CreateIndex: ['outside-transaction'],
        DropIndex: ['outside-transaction'],
        Reindex: ['outside-transaction'],
        DetachPartition: ['outside-transaction'],
      },
    },
    docs: {
      description: 'CONCURRENTLY is used, but the migrator runs everything in a transaction',
      why: `PostgreSQL refuses CONCURRENTLY in a transaction block (25001), and Drizzle's migrator opens one around all pending migrations, so the deployment always fails; a file of its own does not help. drizzle-kit writes exactly this for \`.concurrently()\` in the schema.`,
      instead: `There is no clean form inside Drizzle's migrator. Remove \`.concurrently()\` from the schema, create the index by hand before you deploy (\`CREATE INDEX CONCURRENTLY …\` in psql), and let the migration say CREATE INDEX IF NOT EXISTS. If your project applies migrations without a transaction (neon-http, or a runner of your own), say \`migrator: 'none'\` for it in the configuration.`,
      category: 'cannot-run',
      examples: {
        bad: [
          {
            name: 'what .concurrently() generates',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name text);`,
            sql: `CREATE INDEX CONCURRENTLY "users_name_idx" ON "users" USING btree ("name");`,
          },
        ],
        good: [
          {
            name: 'a migrator without a transaction',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name text);`,
            sql: `CREATE INDEX CONCURRENTLY "users_name_idx" ON "users" USING btree ("name");`,
            migrator: 'none',
          },
        ],
      },
    },
    messages: {
      refused: {
        message:
          '{{object}}: CONCURRENTLY cannot run in a transaction, and the migrator always opens one, so the deployment fails.',
        help: "Run it by hand before the deployment, and write IF NOT EXISTS here without CONCURRENTLY (see create-index); or set migrator: 'none' if no transaction is opened.",
      },
    },
  },
  create(context) {
    const check = (change: Concurrent, object: string) => {
      if (!context.effects(change).errors.some((error) => error.kind === 'outside-transaction'))
        return
      context.report({ on: change, part: 'concurrently', messageId: 'refused', object })
    }
    return {
      CreateIndex: (change) => check(change, change.index.name),
      DropIndex: (change) => check(change, displayName(change.index)),
      Reindex: (change) => check(change, change.name ? displayName(change.name) : change.target),
      DetachPartition: (change) => check(change, displayName(change.partition)),
    }
  },
})
