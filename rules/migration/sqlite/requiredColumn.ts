import type { DialectWording } from '../../../src/lint/rule.ts'

export const requiredColumnOnSqlite: DialectWording = {
  why: `SQLite has no value for the rows that are there and refuses: "Cannot add a NOT NULL column with default value NULL". On an empty table the same statement passes, so that development and CI are green and production is not. Where it does pass, code of the previous release, which does not know the column, can no longer insert.`,
  instead: `Give it a constant default (\`.notNull().default('…')\`). CURRENT_TIMESTAMP, \`unixepoch()\` and anything else that is computed does not count as constant here and fails as well. If there is no sensible constant: add it nullable, backfill it with an UPDATE, and leave it nullable in the database; NOT NULL later means a rebuild of the table.`,
  messages: {
    fails: {
      message:
        'Adding {{object}} as NOT NULL without a default fails as soon as {{table}} holds a row.',
      help: 'Give it a constant default, or add it without NOT NULL and fill it with an UPDATE.',
    },
  },
  examples: {
    bad: [
      {
        name: '.notNull() on a new column',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: 'ALTER TABLE `users` ADD `bio` text NOT NULL;',
      },
    ],
    good: [
      {
        name: 'with a constant default',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: "ALTER TABLE `users` ADD `bio` text DEFAULT '' NOT NULL;",
      },
      {
        name: 'on a table the same deployment creates',
        dialect: 'sqlite',
        schema: '',
        sql: [
          'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
          'ALTER TABLE `users` ADD `bio` text NOT NULL;',
        ],
      },
    ],
  },
}
