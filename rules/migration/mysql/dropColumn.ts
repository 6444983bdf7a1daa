import type { DialectWording } from '../../../src/lint/rule.ts'

export const dropColumnOnMysql: DialectWording = {
  why: `Its data is gone: DDL commits at once, so that not even a failing migration brings it back. Code of the previous release, which runs until the rollout is over (and after a rollback), names the column in every SELECT and INSERT that Drizzle builds for the table, so all of them fail. An index on several columns stays without this one, and a unique index then keeps fewer columns unique; views that name the column stay and fail when they are read. A rename that was answered with "create column" when drizzle-kit asked also ends up here: the old column's data is dropped with it.`,
  instead: `Two deployments, because every INSERT that Drizzle builds names every column of the schema file. Deployment 1: remove the column from the schema and run \`drizzle-kit generate\`, but replace the DROP COLUMN in the generated file by a MODIFY COLUMN that makes it nullable if it is NOT NULL without a default, else by a comment. Deployment 2: a custom migration (\`drizzle-kit generate --custom\`) with the DROP COLUMN, and a line above it that says why it is safe:\n\n\`-- migration-lint-disable-next-statement drop-column -- unused since v42\``,
  examples: {
    bad: [
      {
        name: 'a column of a table that is there',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `users` (`id` int AUTO_INCREMENT NOT NULL, `name` varchar(50), CONSTRAINT `users_id` PRIMARY KEY(`id`));',
        sql: 'ALTER TABLE `users` DROP COLUMN `name`;',
      },
      {
        name: 'a column that an index and a view use',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY, `org_id` int, `name` varchar(50), KEY `users_org_name_idx` (`org_id`, `name`));\nCREATE VIEW `names` AS SELECT `name` FROM `users`;',
        sql: 'ALTER TABLE `users` DROP COLUMN `name`;',
      },
    ],
    good: [
      {
        name: 'a column the same deployment added',
        dialect: 'mysql',
        schema: 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);',
        sql: [
          'ALTER TABLE `users` ADD `nickname` varchar(50);',
          'ALTER TABLE `users` DROP COLUMN `nickname`;',
        ],
      },
    ],
  },
}
