import type { DialectWording } from '../../../src/lint/rule.ts'

const SESSIONS = 'CREATE TABLE `sessions` (`id` int NOT NULL PRIMARY KEY, `token` varchar(64));'

export const deleteEveryRowOnMysql: DialectWording = {
  why: `DELETE without WHERE and TRUNCATE leave nothing behind. TRUNCATE commits at once, and the next DDL statement commits a DELETE, so that no failing migration brings the rows back. In development the table holds test data; in production it does not.`,
  instead: `If the rows may go, say why above the statement: \`-- migration-lint-disable-next-statement delete-every-row -- a cache, filled again on demand\`. If only some of them may go, say which in a WHERE. On a large table delete in batches, outside the migration.`,
  examples: {
    bad: [
      {
        name: 'DELETE without WHERE',
        dialect: 'mysql',
        schema: SESSIONS,
        sql: 'DELETE FROM `sessions`;',
      },
      { name: 'TRUNCATE', dialect: 'mysql', schema: SESSIONS, sql: 'TRUNCATE TABLE `sessions`;' },
    ],
    good: [
      {
        name: 'some of the rows',
        dialect: 'mysql',
        schema: SESSIONS,
        sql: 'DELETE FROM `sessions` WHERE `id` = 1;',
      },
    ],
  },
}

export const updateEveryRowOnMysql: DialectWording = {
  why: `Each row stays locked from the moment it is written until the next DDL statement or the end of the deployment commits, so running code that changes one of them waits for all of them, and fails after innodb_lock_wait_timeout (50 seconds). Replicas lag behind by as long as it takes.`,
  instead: `Backfill outside the migration, in batches that commit one by one: \`UPDATE t SET c = … WHERE id BETWEEN … AND …\`. If only some rows need it, say which in a WHERE (\`WHERE c IS NULL\`). A table that stays small belongs in \`smallTables\`.`,
  messages: {
    updates: {
      message:
        'This UPDATE has no WHERE: it writes every row of {{object}}, and keeps all of them locked until it commits.',
      help: 'Backfill in batches outside the migration, or say in a WHERE which rows need it.',
    },
  },
  examples: {
    bad: [
      {
        name: 'a backfill of the whole table',
        dialect: 'mysql',
        schema: SESSIONS,
        sql: "UPDATE `sessions` SET `token` = 'x';",
      },
    ],
    good: [
      {
        name: 'one row by its key',
        dialect: 'mysql',
        schema: SESSIONS,
        sql: "UPDATE `sessions` SET `token` = 'x' WHERE `id` = 1;",
      },
    ],
  },
}
