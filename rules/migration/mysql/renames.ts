import type { DialectWording } from '../../../src/lint/rule.ts'

export const renameColumnOnMysql: DialectWording = {
  why: `Code of the previous release, which runs until the rollout is over, names the old column in every query that Drizzle builds for the table, and fails. Indexes and foreign keys follow the column, views do not: they fail from then on. MySQL refuses to rename a column that a CHECK or a generated column uses. drizzle-kit 0.31 writes the rename alone, even where the type changes too: generate twice.`,
  instead: `Rename it in TypeScript only: \`fullName: varchar('name', { length: 50 })\` leaves the database alone. If the column itself must change, add the new one, write both, copy the values, read the new one, and drop the old one in a later deployment.`,
  examples: {
    bad: [
      {
        name: 'a rename as drizzle-kit writes it',
        dialect: 'mysql',
        schema: 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY, `name` varchar(50));',
        sql: 'ALTER TABLE `users` RENAME COLUMN `name` TO `full_name`;',
      },
      {
        name: 'CHANGE COLUMN',
        dialect: 'mysql',
        schema: 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY, `name` varchar(50));',
        sql: 'ALTER TABLE `users` CHANGE `name` `full_name` varchar(50);',
      },
    ],
    good: [
      {
        name: 'of a column the same deployment adds',
        dialect: 'mysql',
        schema: 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);',
        sql: 'ALTER TABLE `users` ADD `name` varchar(50);--> statement-breakpoint\nALTER TABLE `users` RENAME COLUMN `name` TO `full_name`;',
      },
    ],
  },
}

export const renameTableOnMysql: DialectWording = {
  why: `Code of the previous release still queries the old name and fails until the rollout is over. Foreign keys follow the table, views do not. Where the table has an AUTO_INCREMENT key, drizzle-kit 0.31 writes two more statements, the first of which always fails: see fails-when-run.`,
  instead: `Rename it in TypeScript only: \`export const accounts = mysqlTable('users', …)\` leaves the database alone. If the table itself must change, leave a view under the old name in the same migration: \`CREATE VIEW \\\`users\\\` AS SELECT * FROM \\\`accounts\\\`\`, which reads and writes through; drop it once no code uses the old name.`,
  examples: {
    bad: [
      {
        name: 'a rename as drizzle-kit writes it',
        dialect: 'mysql',
        schema: 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);',
        sql: 'RENAME TABLE `users` TO `accounts`;',
      },
    ],
    good: [
      {
        name: 'with a view under the old name',
        dialect: 'mysql',
        schema: 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);',
        sql: 'RENAME TABLE `users` TO `accounts`;--> statement-breakpoint\nCREATE VIEW `users` AS SELECT * FROM `accounts`;',
      },
    ],
  },
}
