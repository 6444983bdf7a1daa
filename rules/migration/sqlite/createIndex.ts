import type { DialectWording } from '../../../src/lint/rule.ts'

export const createIndexOnSqlite: DialectWording = {
  description: 'A unique index is created on a table that may hold duplicates',
  category: 'fails-on-rows',
  why: `If two rows have the same value, SQLite refuses ("UNIQUE constraint failed"), and all pending migrations roll back. That shows only where there is data.`,
  instead: `Look for duplicates first: \`SELECT email, count(*) FROM users GROUP BY email HAVING count(*) > 1\`, and have the code keep new ones out. Remove them in a migration before this one.`,
  examples: {
    bad: [
      {
        name: '.unique() on an existing column',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY, `email` text);',
        sql: 'CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);',
      },
    ],
    good: [
      {
        name: 'on a table the same deployment creates',
        dialect: 'sqlite',
        schema: '',
        sql: 'CREATE TABLE `users` (`id` integer PRIMARY KEY, `email` text);--> statement-breakpoint\nCREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);',
      },
      {
        name: 'on a column that is new and empty',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: 'ALTER TABLE `users` ADD `handle` text;--> statement-breakpoint\nCREATE UNIQUE INDEX `users_handle_unique` ON `users` (`handle`);',
      },
    ],
  },
}
