import type { DialectWording } from '../../../src/lint/rule.ts'

export const dropTableOnMysql: DialectWording = {
  why: `All its rows are gone at once: DROP TABLE commits, and no later failure brings them back. Code of the previous release that still queries the table fails until the rollout is over. A table that others point at cannot be dropped (3730; MariaDB 1451), not even with CASCADE. Views that read it stay, and fail from then on.`,
  instead: `Two deployments. Ship the code that no longer uses the table; keep the table in the schema file. In a later deployment remove it from the schema and ship the generated DROP TABLE, after a backup, with a line above it that says why it is safe:\n\n\`-- migration-lint-disable-next-statement drop-table -- archived, unused since v42\`\n\nDrop the foreign keys that point at it first. A table that was only un-exported by mistake is dropped too: drizzle-kit sees exports only.`,
  examples: {
    bad: [
      {
        name: 'a table that is there',
        dialect: 'mysql',
        schema: 'CREATE TABLE `sessions` (`id` int NOT NULL PRIMARY KEY);',
        sql: 'DROP TABLE `sessions`;',
      },
    ],
    good: [
      {
        name: 'a table the same deployment created',
        dialect: 'mysql',
        schema: '',
        sql: ['CREATE TABLE `drafts` (`id` int NOT NULL PRIMARY KEY);', 'DROP TABLE `drafts`;'],
      },
    ],
  },
}
