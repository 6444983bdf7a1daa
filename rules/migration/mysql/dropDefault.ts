import type { DialectWording } from '../../../src/lint/rule.ts'

const USERS =
  "CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY, `role` varchar(20) NOT NULL DEFAULT 'member');"

export const dropDefaultOnMysql: DialectWording = {
  why: `An INSERT that does not name the column is refused from then on ("Field 'role' doesn't have a default value", 1364). Code of the previous release leaves the column out, or writes DEFAULT, as Drizzle does for a column with a default that an insert does not set. MODIFY COLUMN drops a default that it does not repeat, whatever else it is meant to change.`,
  instead: `Repeat the default in the MODIFY COLUMN. To get rid of it: ship the code that always sets the column first, and drop the default in a later deployment.`,
  examples: {
    bad: [
      {
        name: 'a MODIFY COLUMN that does not repeat it',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` MODIFY COLUMN `role` varchar(20) NOT NULL;',
      },
    ],
    good: [
      {
        name: 'another default takes its place',
        dialect: 'mysql',
        schema: USERS,
        sql: "ALTER TABLE `users` MODIFY COLUMN `role` varchar(20) NOT NULL DEFAULT 'guest';",
      },
    ],
  },
}
