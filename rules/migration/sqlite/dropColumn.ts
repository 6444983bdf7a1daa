import type { DialectWording } from '../../../src/lint/rule.ts'

export const dropColumnOnSqlite: DialectWording = {
  why: `Its data is gone. Code of the previous release, which runs until the rollout is over (and after a rollback; on devices until everyone has updated), names the column in every SELECT and INSERT that Drizzle builds for the table, so all of them fail from the moment the migration commits. A rename that was answered with "create column" when drizzle-kit asked also ends up here: the old column's data is dropped with it.`,
  instead: `Two deployments, because every INSERT that Drizzle builds names every column of the schema file. Deployment 1: remove the column from the schema and run \`drizzle-kit generate\`, but replace the DROP COLUMN in the generated file by a comment and any other statement that does nothing, \`SELECT 1\` (SQLite's drivers fail on a file without a statement). That only works for a column that may be NULL or has a default; give it one first otherwise. Deployment 2: a custom migration (\`drizzle-kit generate --custom\`) with the DROP COLUMN, and a line above it that says why it is safe:\n\n\`-- migration-lint-disable-next-statement drop-column -- unused since v42\``,
  examples: {
    bad: [
      {
        name: 'a column of a table that is there',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY, `name` text);',
        sql: 'ALTER TABLE `users` DROP COLUMN `name`;',
      },
    ],
    good: [
      {
        name: 'a column the same deployment added',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
        sql: [
          'ALTER TABLE `users` ADD `nickname` text;',
          'ALTER TABLE `users` DROP COLUMN `nickname`;',
        ],
      },
    ],
  },
}
