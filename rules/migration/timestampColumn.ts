import { displayColumn } from '../../src/catalog/names.ts'
import { listed } from '../../src/finding/listed.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { newColumns } from './newColumns.ts'

export const timestampColumn = defineRule({
  name: 'timestamp-column',
  meta: {
    dialects: ['postgresql'],
    type: 'suggestion',
    severity: 'warn',
    preset: 'strict',
    docs: {
      description: 'A timestamp without a time zone is added',
      why: `A \`timestamp\` says what a clock showed, not when: which moment it was depends on the TimeZone of whoever wrote it. Two services in different zones, or a server that is moved, write times that cannot be compared.`,
      instead: `Use \`timestamp with time zone\`: \`timestamp({ withTimezone: true })\` (\`prefer-timestamptz\` says so in the schema file). It takes no more room. Once rows are there, the change rewrites the table, unless the session migrates in UTC.`,
      category: 'convention',
      examples: {
        bad: [
          {
            name: 'a new column',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "seen_at" timestamp;`,
          },
        ],
        good: [
          {
            name: 'with a time zone',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "seen_at" timestamp with time zone;`,
          },
        ],
      },
    },
    messages: {
      found: {
        message:
          '{{columns}} {{are}} timestamp without a time zone: which moment is meant depends on who wrote it.',
        help: 'Use timestamp({ withTimezone: true }) in the schema and generate the migration again.',
      },
    },
  },
  create(context) {
    return {
      Change(change) {
        const made = newColumns(change)
        const columns = (made?.columns ?? []).filter(
          ({ type }) => type.schema === null && type.name === 'timestamp',
        )
        if (made === null || columns.length === 0) return
        const names = columns.map(({ name }) => displayColumn(made.table, name))
        context.report({
          on: change,
          part: 'type',
          messageId: 'found',
          object: names[0]!,
          data: { columns: listed(names), are: names.length > 1 ? 'are' : 'is' },
        })
      },
    }
  },
})
