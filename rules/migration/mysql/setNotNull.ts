import type { DialectWording } from '../../../src/lint/rule.ts'

const USERS = 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY, `name` varchar(50));'

export const setNotNullOnMysql: DialectWording = {
  description: 'A column becomes NOT NULL, which fails as soon as a row has no value',
  category: 'fails-on-rows',
  why: `A row without a value makes the statement fail ("Invalid use of NULL value", 1138; MariaDB 1265) even if the column has a default: a default fills new rows only. In development every row has a value; in production some may not. The statements before it in the file stay applied. Without strict mode nothing fails, and NULL silently becomes '' or 0. InnoDB rebuilds the table for it without blocking writes; MariaDB copies a table that has generated columns, and before 11.2 writes wait for that.`,
  instead: `Have the code always write a value, backfill the old rows in batches outside the migration or with an UPDATE in a file of its own, and set NOT NULL in a deployment after that.`,
  messages: {
    fails: {
      message:
        '{{columns}} {{become}} NOT NULL and nothing has filled it: this fails if {{table}} holds a row.',
      help: 'Fill it before this statement: UPDATE {{table}} SET {{column}} = … WHERE {{column}} IS NULL.',
      category: 'fails-on-rows',
    },
    refuses: {
      message: '{{object}} becomes NOT NULL: this fails if a row has no value.',
      help: 'Fill it in an earlier deployment: UPDATE {{table}} SET {{column}} = … WHERE {{column}} IS NULL.{{ask}}',
      category: 'fails-on-rows',
    },
    scans: {
      message:
        'Making {{columns}} NOT NULL copies every row of {{table}} while nobody can write to it{{fails}}.',
      help: 'Fill it in an earlier deployment, and do this at a time of low traffic.{{ask}}',
      category: 'blocks-traffic',
    },
  },
  examples: {
    bad: [
      {
        name: '.notNull() on an existing column',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` MODIFY COLUMN `name` varchar(50) NOT NULL;',
      },
    ],
    good: [
      {
        name: 'filled in the same deployment',
        dialect: 'mysql',
        schema: USERS,
        sql: "UPDATE `users` SET `name` = '' WHERE `name` IS NULL;--> statement-breakpoint\nALTER TABLE `users` MODIFY COLUMN `name` varchar(50) NOT NULL;",
      },
    ],
  },
}
