import type { DialectWording } from '../../../src/lint/rule.ts'

const USERS =
  'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY, `email` varchar(255), CONSTRAINT `users_email_unique` UNIQUE(`email`));'

export const dropUniqueOnMysql: DialectWording = {
  description: 'A unique index is dropped, and nothing else keeps its columns unique',
  why: `Duplicates can be written from then on, and putting the index back later fails on them. Code that upserts does not fail but does the wrong thing: \`onDuplicateKeyUpdate\` no longer finds a duplicate and inserts a second row.`,
  instead: `If other columns take over, add the new unique index first and drop the old one in a later deployment. If it only changes its name or form, do both in one migration: where the same columns are still unique at its end, nothing is reported.`,
  messages: {
    drops: {
      message:
        'Without {{object}} nothing keeps {{columns}} unique, and onDuplicateKeyUpdate inserts a second row.',
      help: 'Add the unique index that takes over first, and drop this one in a later deployment.',
    },
  },
  examples: {
    bad: [
      {
        name: 'a unique index',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` DROP INDEX `users_email_unique`;',
      },
    ],
    good: [
      {
        name: 'another one keeps the column unique',
        dialect: 'mysql',
        schema: `${USERS}\nCREATE UNIQUE INDEX \`users_email_idx\` ON \`users\` (\`email\`);`,
        sql: 'DROP INDEX `users_email_unique` ON `users`;',
      },
    ],
  },
}
