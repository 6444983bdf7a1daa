import type { DialectWording } from '../../../src/lint/rule.ts'

export const unparsedOnSqlite: DialectWording = {
  description: 'SQLite does not accept this SQL',
  why: `SQLite answers it with a syntax error, and all pending migrations roll back. What the statement was meant to do could not be judged, and what comes after it is judged as if it were not there.`,
  instead: `Write it in SQLite's syntax. If your SQLite accepts it anyway (an extension, a later version), say so above it: \`-- migration-lint-disable-next-statement unparsed -- why\`.`,
  messages: {
    refused: {
      message: 'SQLite does not accept this: {{reason}}.',
      help: 'Fix the SQL: what it was meant to do could not be judged.',
    },
  },
  examples: {
    bad: [
      {
        name: 'an ALTER TABLE that SQLite does not have',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY, `age` integer);',
        sql: 'ALTER TABLE `users` ALTER COLUMN `age` TYPE text;',
      },
    ],
    good: [],
  },
}
