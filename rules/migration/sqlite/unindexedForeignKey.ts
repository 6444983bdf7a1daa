import type { DialectWording } from '../../../src/lint/rule.ts'

export const unindexedForeignKeyOnSqlite: DialectWording = {
  why: `For every row that is deleted from the referenced table (or whose key changes) SQLite looks for rows that point at it. Without an index on the referencing columns it reads the whole table each time, while nobody else can write to the database. SQLite makes no index for a foreign key by itself.`,
  instead: `Add \`index().on(t.userId)\` to the table in the schema file, in the same migration.`,
  examples: {
    bad: [
      {
        name: 'a foreign key and no index',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: 'CREATE TABLE `posts` (`id` integer PRIMARY KEY, `user_id` integer, FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade);',
      },
    ],
    good: [
      {
        name: 'with its index',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: 'CREATE TABLE `posts` (`id` integer PRIMARY KEY, `user_id` integer, FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade);--> statement-breakpoint\nCREATE INDEX `posts_user_id_idx` ON `posts` (`user_id`);',
      },
    ],
  },
}
