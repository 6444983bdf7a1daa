import type { DialectWording } from '../../../src/lint/rule.ts'

export const dropTableOnSqlite: DialectWording = {
  why: `All its rows are gone, and code of the previous release that still queries it fails until the rollout is over. Where foreign keys are enforced, SQLite deletes the rows one by one before it drops the table: rows of other tables that point at them with ON DELETE CASCADE are silently deleted too, SET NULL empties their columns, and any other action makes the statement fail. Views that read the table stay, and fail from then on.`,
  instead: `Two deployments. Ship the code that no longer uses the table; keep the table in the schema file. In a later deployment remove it from the schema and ship the generated DROP TABLE, after a backup, with a line above it that says why it is safe:\n\n\`-- migration-lint-disable-next-statement drop-table -- archived, unused since v42\`\n\nDrop the tables that point at it first. A table that was only un-exported by mistake is dropped too: drizzle-kit sees exports only.`,
  examples: {
    bad: [
      {
        name: 'a table that others point at',
        dialect: 'sqlite',
        schema:
          'CREATE TABLE `users` (`id` integer PRIMARY KEY);\nCREATE TABLE `posts` (`id` integer PRIMARY KEY, `user_id` integer REFERENCES `users`(`id`) ON DELETE cascade);\nCREATE INDEX `posts_user_id_idx` ON `posts` (`user_id`);',
        sql: 'DROP TABLE `users`;',
      },
    ],
    good: [
      {
        name: 'a table the same deployment created',
        dialect: 'sqlite',
        schema: '',
        sql: ['CREATE TABLE `drafts` (`id` integer PRIMARY KEY);', 'DROP TABLE `drafts`;'],
      },
    ],
  },
}
