import { pointingAtAll } from '../../src/catalog/catalog.ts'
import { isEmpty, isNewTable } from '../../src/catalog/newness.ts'
import { displayName, sameName } from '../../src/catalog/names.ts'
import { deleteEveryRowOnMysql } from './mysql/everyRow.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { listed } from '../../src/finding/listed.ts'

export const deleteEveryRow = defineRule({
  name: 'delete-every-row',
  meta: {
    dialects: ['postgresql', 'mysql'],
    type: 'problem',
    severity: 'error',
    covers: { work: ['TruncateTable'] },
    docs: {
      description: 'Every row of a table is deleted',
      why: `DELETE without WHERE and TRUNCATE leave nothing behind, and TRUNCATE … CASCADE empties every table with a foreign key to it as well. In development the table holds test data; in production it does not. TRUNCATE also blocks reads and writes until the deployment commits.`,
      instead: `If the rows may go, say why above the statement: \`-- migration-lint-disable-next-statement delete-every-row -- a cache, filled again on demand\`. If only some of them may go, say which in a WHERE. On a large table delete in batches, outside the migration.`,
      category: 'data-loss',
      examples: {
        bad: [
          {
            name: 'DELETE without WHERE',
            schema: `CREATE TABLE sessions (id int PRIMARY KEY, token text);`,
            sql: `DELETE FROM "sessions";`,
          },
          {
            name: 'TRUNCATE',
            schema: `CREATE TABLE sessions (id int PRIMARY KEY, token text);`,
            sql: `TRUNCATE TABLE "sessions";`,
          },
        ],
        good: [
          {
            name: 'some of the rows',
            schema: `CREATE TABLE sessions (id int PRIMARY KEY, token text);`,
            sql: `DELETE FROM "sessions" WHERE "id" = 1;`,
          },
          {
            name: 'of a table the same deployment created',
            schema: '',
            sql: `CREATE TABLE "sessions" ("id" integer PRIMARY KEY);--> statement-breakpoint
INSERT INTO "sessions" VALUES (1);--> statement-breakpoint
DELETE FROM "sessions";`,
          },
        ],
      },
    },
    wording: { mysql: deleteEveryRowOnMysql },
    messages: {
      deletes: {
        message: '{{what}} deletes every row of {{object}}{{also}}.',
        help: 'Say in a WHERE which rows may go. If all of them may, say why: -- migration-lint-disable-next-statement delete-every-row -- <why they may go>',
      },
    },
  },
  create(context) {
    return {
      WriteRows(change) {
        const { before, table, command, everyRow } = change
        if (command !== 'delete' || !everyRow) return
        if (isNewTable(before, table) || isEmpty(before, table) || table.schema === 'pg_temp')
          return
        context.report({
          on: change,
          part: 'table',
          messageId: 'deletes',
          object: displayName(table),
          data: { what: 'DELETE without WHERE', also: '' },
        })
      },
      TruncateTable(change) {
        const { before, table, cascade, together } = change
        if (isNewTable(before, table) || isEmpty(before, table) || table.schema === 'pg_temp')
          return
        const emptied = cascade
          ? pointingAtAll(before, table).filter(
              (holder) => !together.some((other) => sameName(other, holder)),
            )
          : []
        const names = [...new Set(emptied.map(displayName))]
        context.report({
          on: change,
          part: 'table',
          messageId: 'deletes',
          object: displayName(table),
          data: {
            what: 'TRUNCATE',
            also:
              (names.length > 0 ? `, and with CASCADE every row of ${listed(names)}` : '') +
              (context.effects(change).locks.length > 0
                ? ', and blocks reads and writes until the deployment commits'
                : ''),
          },
        })
      },
    }
  },
})
