import { defineRule } from '../../src/lint/rule.ts'
import { transactionControlOnMysql } from './mysql/transactionControl.ts'

export const transactionControl = defineRule({
  name: 'transaction-control',
  meta: {
    dialects: ['postgresql', 'mysql'],
    type: 'problem',
    severity: 'warn',
    docs: {
      description: "COMMIT or ROLLBACK in a migration ends the migrator's transaction",
      why: `Drizzle's migrator runs all pending migrations in one transaction, so that a failure undoes everything. COMMIT makes permanent what came before it, and what follows runs statement by statement: if one fails, half of the deployment is applied and none of it is recorded, so the next run starts at the beginning and fails on what is already there. ROLLBACK undoes the migrations before it, which are still recorded as applied.`,
      instead: `Leave BEGIN, COMMIT and ROLLBACK out: the migrator brings its own transaction. What must not run in one (CREATE INDEX CONCURRENTLY, for example) has to run outside the migrator; a new enum value is committed by a deployment of its own. If your project applies each statement without a transaction, say \`migrator: 'none'\` in the configuration.`,
      category: 'integrity',
      examples: {
        bad: [
          {
            name: 'COMMIT, to use a new enum value at once',
            schema: `CREATE TYPE status AS ENUM ('open', 'closed');`,
            sql: `ALTER TYPE "public"."status" ADD VALUE 'triage';--> statement-breakpoint
COMMIT;`,
          },
        ],
        good: [
          {
            name: 'a savepoint',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `SAVEPOINT before_column;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "bio" text;--> statement-breakpoint
RELEASE SAVEPOINT before_column;`,
          },
        ],
      },
    },
    wording: { mysql: transactionControlOnMysql },
    messages: {
      commit: {
        message:
          "COMMIT ends the migrator's transaction: if a later statement fails, this half stays applied and is not recorded.",
        help: 'Remove it; ship what has to be committed first in a deployment of its own.',
      },
      rollback: {
        message:
          "ROLLBACK ends the migrator's transaction: the migrations before it are undone, but still recorded as applied.",
        help: 'Remove it.',
      },
      begin: {
        message: 'BEGIN starts a transaction inside that of the migrator.',
        help: 'Remove it.',
      },
      lockTables: { message: 'LOCK TABLES commits what came before it.', help: 'Remove it.' },
    },
  },
  create(context) {
    const { transaction } = context.deployment.session
    const isUndone = context.dialect.transactions.ddl === 'transactional'
    return {
      TransactionControl(change) {
        const { command } = change
        if (transaction === 'none' || command === 'savepoint') return
        // PostgreSQL only warns of a BEGIN within a transaction.
        if (command === 'begin' && isUndone) return
        context.report({ on: change, messageId: command, object: change.origin.migration })
      },
      Harmless(change) {
        if (change.command !== 'LOCK TABLES') return
        context.report({ on: change, messageId: 'lockTables', object: change.origin.migration })
      },
    }
  },
})
