import type { DialectWording } from '../../../src/lint/rule.ts'

export const failsWhenRunOnSqlite: DialectWording = {
  description: 'SQLite will refuse this statement',
  why: `Judged with the whole schema as the migrations before it leave it, SQLite answers this statement with an error, and all pending migrations roll back. Some fail always (a column that an index needs is dropped, a view names a table that a rebuild has dropped, BEGIN in a migration), some only where a table holds rows, which is production and not CI: a column with a computed default (CURRENT_TIMESTAMP, \`unixepoch()\`) can be added to an empty table only.`,
  instead: `The message quotes SQLite's error. drizzle-kit is known to write some of these: ADD with a computed default (use a constant one, or add the column without and fill it), a rebuild of a table that a view or another table's trigger names (drop the view before and create it again after), DROP COLUMN of a column that a view or a check uses, and in 0.31 a rebuild that reads a column which the same migration adds (generate twice).`,
  examples: {
    bad: [
      {
        name: 'a computed default',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: 'ALTER TABLE `users` ADD `created_at` text DEFAULT CURRENT_TIMESTAMP;',
      },
      {
        name: 'a column that a view names',
        dialect: 'sqlite',
        schema:
          'CREATE TABLE `users` (`id` integer PRIMARY KEY, `name` text);\nCREATE VIEW `names` AS SELECT `name` FROM `users`;',
        sql: '-- migration-lint-disable-next-statement drop-column -- unused since v42\nALTER TABLE `users` DROP COLUMN `name`;',
      },
      {
        name: 'a rebuild of a table that a view reads',
        dialect: 'sqlite',
        schema:
          'CREATE TABLE `users` (`id` integer PRIMARY KEY, `name` text);\nCREATE VIEW `names` AS SELECT `name` FROM `users`;',
        sql: 'CREATE TABLE `__new_users` (`id` integer PRIMARY KEY, `name` text DEFAULT \'x\');--> statement-breakpoint\nINSERT INTO `__new_users`("id", "name") SELECT "id", "name" FROM `users`;--> statement-breakpoint\nDROP TABLE `users`;--> statement-breakpoint\nALTER TABLE `__new_users` RENAME TO `users`;',
      },
      {
        name: 'a check that rows may violate, added by a rebuild',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY, `age` integer);',
        sql: 'CREATE TABLE `__new_users` (`id` integer PRIMARY KEY, `age` integer, CONSTRAINT "adult" CHECK("age" > 17));--> statement-breakpoint\nINSERT INTO `__new_users`("id", "age") SELECT "id", "age" FROM `users`;--> statement-breakpoint\nDROP TABLE `users`;--> statement-breakpoint\nALTER TABLE `__new_users` RENAME TO `users`;',
      },
      {
        name: 'a transaction within the migrator’s own',
        dialect: 'sqlite',
        schema: '',
        sql: 'BEGIN TRANSACTION;--> statement-breakpoint\nCREATE TABLE `notes` (`id` integer PRIMARY KEY);--> statement-breakpoint\nCOMMIT;',
      },
    ],
    good: [
      {
        name: 'a constant default',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: 'ALTER TABLE `users` ADD `visits` integer DEFAULT 0 NOT NULL;',
      },
      {
        name: 'the view is dropped before and recreated',
        dialect: 'sqlite',
        schema:
          'CREATE TABLE `users` (`id` integer PRIMARY KEY, `name` text);\nCREATE VIEW `names` AS SELECT `name` FROM `users`;',
        sql: 'DROP VIEW `names`;--> statement-breakpoint\nCREATE TABLE `__new_users` (`id` integer PRIMARY KEY, `name` text DEFAULT \'x\');--> statement-breakpoint\nINSERT INTO `__new_users`("id", "name") SELECT "id", "name" FROM `users`;--> statement-breakpoint\nDROP TABLE `users`;--> statement-breakpoint\nALTER TABLE `__new_users` RENAME TO `users`;--> statement-breakpoint\nCREATE VIEW `names` AS SELECT `name` FROM `users`;',
      },
    ],
  },
}
