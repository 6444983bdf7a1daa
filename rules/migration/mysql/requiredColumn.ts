import type { DialectWording } from '../../../src/lint/rule.ts'

const USERS = 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);'

export const requiredColumnOnMysql: DialectWording = {
  description: 'A NOT NULL column without a default fills rows with values that nobody chose',
  category: 'data-loss',
  why: `MySQL and MariaDB do not refuse: every row that is there gets 0, an empty string, the first value of an ENUM, or 0000-00-00 00:00:00 for a TIMESTAMP, and no error says so. The data is wrong from then on, and nobody can tell such a row from one that really has that value. A DATE or DATETIME fails instead as soon as the table holds a row (1292; not on MariaDB). Code of the previous release, which does not know the column, can no longer insert (1364).`,
  instead: `Give it a default that is right for old rows (\`.notNull().default('…')\`), which is free. If there is none: add it nullable and have the new code write it, backfill the old rows in batches, and make it NOT NULL in a later deployment (see set-not-null).`,
  messages: {
    fails: {
      message:
        'Adding {{object}} as NOT NULL without a default fails as soon as {{table}} holds a row: 0000-00-00 is not a valid date in strict mode.',
      help: 'Give it a default, or add it nullable, backfill it, and set NOT NULL in a later deployment.{{left}}',
      category: 'fails-on-rows',
    },
  },
  examples: {
    bad: [
      {
        name: '.notNull() on a new column',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD `score` int NOT NULL;',
      },
      {
        name: 'an ENUM gets its first value',
        dialect: 'mysql',
        schema: USERS,
        sql: "ALTER TABLE `users` ADD `role` enum('admin','member') NOT NULL;",
      },
      {
        name: 'a date',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD `born` date NOT NULL;',
      },
    ],
    good: [
      {
        name: 'with a default',
        dialect: 'mysql',
        schema: USERS,
        sql: "ALTER TABLE `users` ADD `role` enum('admin','member') DEFAULT 'member' NOT NULL;",
      },
      {
        name: 'on a table the same deployment creates',
        dialect: 'mysql',
        schema: '',
        sql: [USERS, 'ALTER TABLE `users` ADD `score` int NOT NULL;'],
      },
    ],
  },
}
