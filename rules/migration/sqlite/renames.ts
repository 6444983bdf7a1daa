import type { DialectWording } from '../../../src/lint/rule.ts'

export const renameColumnOnSqlite: DialectWording = {
  why: `Code of the previous release, which runs until the rollout is over (on devices: until everyone has updated), names the old column in every query that Drizzle builds for the table, and fails. SQLite renames it in indexes, views and triggers as well; only the code is left behind.`,
  instead: `Rename it in TypeScript only: \`fullName: text('name')\` leaves the database alone. If the column itself must change, add the new one, write both, copy the values, read the new one, and drop the old one in a later deployment.`,
  examples: {
    bad: [
      {
        name: 'a rename as drizzle-kit writes it',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY, `name` text);',
        sql: 'ALTER TABLE `users` RENAME COLUMN "name" TO "full_name";',
      },
    ],
    good: [
      {
        name: 'of a column the same deployment adds',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: 'ALTER TABLE `users` ADD `name` text;--> statement-breakpoint\nALTER TABLE `users` RENAME COLUMN `name` TO `full_name`;',
      },
    ],
  },
}

export const renameTableOnSqlite: DialectWording = {
  why: `Code of the previous release still queries the old name and fails until the rollout is over. Foreign keys, views and triggers follow the table.`,
  instead: `Rename it in TypeScript only: \`export const accounts = sqliteTable('users', …)\` leaves the database alone. If the table itself must change, ship code that can work with both names first.`,
  messages: {
    renames: {
      message: 'Renaming {{object}} to {{to}} breaks every running query that names {{object}}.',
      help: 'Rename only the TypeScript export, or ship code that can work with both names first.',
    },
  },
  examples: {
    bad: [
      {
        name: 'a rename as drizzle-kit writes it',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: 'ALTER TABLE `users` RENAME TO `accounts`;',
      },
    ],
    good: [
      {
        name: 'of a table the same deployment creates',
        dialect: 'sqlite',
        schema: '',
        sql: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);--> statement-breakpoint\nALTER TABLE `users` RENAME TO `accounts`;',
      },
    ],
  },
}
