import type { DialectWording } from '../../../src/lint/rule.ts'

const REBUILD = (nullable: string) =>
  'PRAGMA foreign_keys=OFF;--> statement-breakpoint\n' +
  `CREATE TABLE \`__new_users\` (\n\t\`id\` integer PRIMARY KEY NOT NULL,\n\t\`name\` text${nullable}\n);\n--> statement-breakpoint\n` +
  'INSERT INTO `__new_users`("id", "name") SELECT "id", "name" FROM `users`;--> statement-breakpoint\n' +
  'DROP TABLE `users`;--> statement-breakpoint\n' +
  'ALTER TABLE `__new_users` RENAME TO `users`;--> statement-breakpoint\n' +
  'PRAGMA foreign_keys=ON;'

export const setNotNullOnSqlite: DialectWording = {
  description: 'A column becomes NOT NULL, which fails as soon as a row has no value',
  category: 'fails-on-rows',
  why: `SQLite rebuilds the table, and copying a row without a value fails: "NOT NULL constraint failed". All pending migrations roll back with it. That shows only where there is data. A default in the same migration does not help: the copied rows bring their NULL along.`,
  instead: `Fill the column before: \`UPDATE users SET name = '' WHERE name IS NULL\`, in a custom migration before this one; the code has to write the column by then, and both may go in one deployment.`,
  messages: {
    fails: {
      message: '{{object}} becomes NOT NULL: copying {{table}} fails if any row has no value.',
      help: 'Fill it in a migration before this one: UPDATE {{table}} SET {{column}} = … WHERE {{column}} IS NULL.',
    },
    unchecked: {
      message:
        '{{object}} becomes NOT NULL without a check of the existing rows: those without a value stay NULL, and "IS NULL" no longer finds them.',
      help: 'Fill it in a migration before this one: UPDATE {{table}} SET {{column}} = … WHERE {{column}} IS NULL.',
      category: 'integrity',
    },
  },
  examples: {
    bad: [
      {
        name: '.notNull() on an existing column, as drizzle-kit writes it',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `name` text);',
        sql: REBUILD(' NOT NULL'),
      },
    ],
    good: [
      {
        name: 'filled before, in the same deployment',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `name` text);',
        sql: ["UPDATE `users` SET `name` = '' WHERE `name` IS NULL;", REBUILD(' NOT NULL')],
      },
      {
        name: 'a rebuild that only adds a default',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `name` text);',
        sql: REBUILD(" DEFAULT 'x'"),
      },
    ],
  },
}
