import { defineRule } from '../../src/lint/rule.ts'
import { unparsedOnMysql } from './mysql/unparsed.ts'
import { unparsedOnSqlite } from './sqlite/unparsed.ts'

export const unparsed = defineRule({
  name: 'unparsed',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    covers: { errors: { UnparsedSql: ['syntax'] } },
    docs: {
      description: 'PostgreSQL does not accept this SQL',
      why: `The text goes through PostgreSQL's own parser (version 18), and it refuses. The server will refuse it too, and the whole batch of pending migrations rolls back. What the statement was meant to do is not known here, so nothing that depends on it can be judged. Drizzle splits a file at every \`--> statement-breakpoint\`, inside a string or a comment too: each part has to be complete SQL.`,
      instead: `Fix the statement. If your server accepts it anyway (an older or patched PostgreSQL), say so above it: \`-- migration-lint-disable-next-statement unparsed -- why\`.`,
      category: 'cannot-run',
      examples: {
        bad: [
          {
            name: 'a slip of the keyboard',
            schema: '',
            sql: `ALTER TABEL "users" ADD COLUMN "bio" text;`,
          },
        ],
        good: [
          {
            name: 'an unedited custom migration is only a comment',
            schema: '',
            sql: `-- Custom SQL migration file, put your code below! --`,
          },
        ],
      },
    },
    wording: { mysql: unparsedOnMysql, sqlite: unparsedOnSqlite },
    messages: {
      refused: {
        message: 'PostgreSQL does not accept this: {{reason}}.',
        help: 'Fix the SQL: what it was meant to do could not be judged.',
      },
    },
  },
  create(context) {
    return {
      UnparsedSql(change) {
        context.report({
          on: change,
          part: 'name',
          messageId: 'refused',
          object: change.origin.migration,
          data: { reason: change.reason },
        })
      },
    }
  },
})
