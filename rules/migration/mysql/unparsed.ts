import type { DialectWording } from '../../../src/lint/rule.ts'

export const unparsedOnMysql: DialectWording = {
  description: 'Neither MySQL nor MariaDB accepts this SQL',
  why: `The server answers it with a syntax error (1064). The statements before it in the file stay applied, and what the statement was meant to do could not be judged.`,
  instead: `Fix the statement. If your server accepts it anyway, say so above it: \`-- migration-lint-disable-next-statement unparsed -- why\`.`,
  messages: {
    refused: {
      message: 'MySQL does not accept this: {{reason}}.',
      help: 'Fix the SQL: what it was meant to do could not be judged.',
    },
  },
  examples: {
    bad: [
      {
        name: 'an ALTER TABLE of another database',
        dialect: 'mysql',
        schema: 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY, `age` int);',
        sql: 'ALTER TABLE `users` ALTER COLUMN `age` TYPE text;',
      },
    ],
    good: [
      {
        name: 'an unedited custom migration is only a comment',
        dialect: 'mysql',
        schema: '',
        sql: '-- Custom SQL migration file, put your code below! --',
      },
    ],
  },
}
