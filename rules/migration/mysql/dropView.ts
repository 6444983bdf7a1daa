import type { DialectWording } from '../../../src/lint/rule.ts'

const MEMBERS =
  'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);\nCREATE VIEW `members` AS (select `id` from `users`);'

export const dropViewOnMysql: DialectWording = {
  why: `Queries of the previous release that read the view fail ("Table 'members' doesn't exist", 1146) until the rollout is over, and after a rollback. Other views that read it stay, and fail from then on.`,
  instead: `Two deployments. Ship the code that no longer reads the view; drop it in a later one, with a line above it that says why it is safe: \`-- migration-lint-disable-next-statement drop-view -- unused since v42\`. A view that is dropped and created again in the same deployment is not reported.`,
  examples: {
    bad: [
      {
        name: 'a view that does not come back',
        dialect: 'mysql',
        schema: MEMBERS,
        sql: 'DROP VIEW `members`;',
      },
    ],
    good: [
      {
        name: 'a view that is recreated',
        dialect: 'mysql',
        schema: MEMBERS,
        sql: 'CREATE OR REPLACE VIEW `members` AS (select `id` from `users` where `id` > 1);',
      },
    ],
  },
}
