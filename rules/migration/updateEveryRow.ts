import { isEmpty, isNewTable } from '../../src/catalog/newness.ts'
import { displayName } from '../../src/catalog/names.ts'
import { keepsOut } from '../../src/dialects/effects.ts'
import { updateEveryRowOnMysql } from './mysql/everyRow.ts'
import { defineRule } from '../../src/lint/rule.ts'

export const updateEveryRow = defineRule({
  name: 'update-every-row',
  meta: {
    dialects: ['postgresql', 'mysql'],
    type: 'problem',
    severity: 'warn',
    docs: {
      description: 'An UPDATE without WHERE writes every row in the transaction of the deployment',
      why: `Each row is locked from the moment it is written until the deployment commits, so running code that changes one of them waits for all of them; every row gets a new version, so the table grows to twice its size before VACUUM can clean up, and its indexes with it. Under a lock that an earlier statement holds, everybody waits (see long-work-under-lock).`,
      instead: `Backfill outside the migration, in batches that commit one by one: \`UPDATE t SET c = … WHERE id BETWEEN … AND …\`. If only some rows need it, say which in a WHERE (\`WHERE c IS NULL\`). A table that stays small belongs in \`smallTables\`.`,
      category: 'blocks-traffic',
      examples: {
        bad: [
          {
            name: 'a backfill of the whole table',
            schema: `CREATE TABLE users (id int PRIMARY KEY, score int);`,
            sql: `UPDATE "users" SET "score" = 0;`,
          },
        ],
        good: [
          {
            name: 'one row by its key',
            schema: `CREATE TABLE users (id int PRIMARY KEY, score int);`,
            sql: `UPDATE "users" SET "score" = 0 WHERE "id" = 1;`,
          },
          {
            name: 'of a table the same deployment created',
            schema: '',
            sql: `CREATE TABLE "users" ("id" integer PRIMARY KEY, "score" integer);--> statement-breakpoint
INSERT INTO "users" VALUES (1);--> statement-breakpoint
UPDATE "users" SET "score" = 0;`,
          },
        ],
      },
    },
    wording: { mysql: updateEveryRowOnMysql },
    messages: {
      updates: {
        message:
          'This UPDATE has no WHERE: it writes every row of {{object}}, and keeps all of them locked until the deployment commits.',
        help: 'Backfill in batches outside the migration, or say in a WHERE which rows need it.',
      },
    },
  },
  create(context) {
    return {
      WriteRows(change) {
        const { before, table, command, everyRow } = change
        if (command !== 'update' || !everyRow || table.schema === 'pg_temp') return
        if (isNewTable(before, table) || isEmpty(before, table) || context.isSmall(table)) return
        // Under a lock it is worse, which long-work-under-lock says.
        const held = context.heldLocks.strongest()
        if (held && keepsOut(held, 'writers')) return
        context.report({
          on: change,
          part: 'table',
          messageId: 'updates',
          object: displayName(table),
        })
      },
    }
  },
})
