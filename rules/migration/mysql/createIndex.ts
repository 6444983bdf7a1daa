import type { DialectWording } from '../../../src/lint/rule.ts'

const USERS =
  'CREATE TABLE `users` (`id` int AUTO_INCREMENT NOT NULL, `email` varchar(255), `bio` text, CONSTRAINT `users_id` PRIMARY KEY(`id`));'

export const createIndexOnMysql: DialectWording = {
  description:
    'A unique index fails on rows with the same value, or a FULLTEXT, SPATIAL or expression index blocks writes',
  category: 'fails-on-rows',
  why: `InnoDB builds a plain index without blocking reads or writes, so that is not reported. A unique one fails on rows with the same value (1062), which shows only where there is data. FULLTEXT and SPATIAL indexes, and in MySQL those on an expression, are built under LOCK=SHARED: writes wait until it is done, and the first FULLTEXT index rebuilds the whole table.`,
  instead: `Look for duplicates first, have the code keep new ones out, and remove them in a migration of an earlier deployment. For an index on an expression: add a VIRTUAL generated column (free) and index that. For FULLTEXT and SPATIAL there is no online form: do it at a time of low traffic.`,
  messages: {
    duplicates: {
      message: '{{object}} fails if two rows of {{table}} have the same {{columns}}.',
      help: 'Remove such rows in an earlier deployment.{{ask}}',
      category: 'fails-on-rows',
      severity: 'error',
    },
    builds: {
      message: 'Building {{object}} blocks every write to {{table}} until it is done{{fails}}.',
      help: 'For an expression, index a VIRTUAL generated column instead; FULLTEXT and SPATIAL indexes have no online form.{{ask}}',
      category: 'blocks-traffic',
    },
  },
  examples: {
    bad: [
      {
        name: '.unique() on an existing column',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD CONSTRAINT `users_email_unique` UNIQUE(`email`);',
      },
      {
        name: 'a FULLTEXT index',
        dialect: 'mysql',
        schema: USERS,
        sql: 'CREATE FULLTEXT INDEX `users_bio_idx` ON `users` (`bio`);',
      },
    ],
    good: [
      {
        name: 'a plain index',
        dialect: 'mysql',
        schema: USERS,
        sql: 'CREATE INDEX `users_email_idx` ON `users` (`email`);',
      },
      {
        name: 'a unique column that is new and empty',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD `handle` varchar(64);--> statement-breakpoint\nALTER TABLE `users` ADD CONSTRAINT `users_handle_unique` UNIQUE(`handle`);',
      },
    ],
  },
}
