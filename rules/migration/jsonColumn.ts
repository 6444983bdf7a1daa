import { displayColumn } from '../../src/catalog/names.ts'
import { listed } from '../../src/finding/listed.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { newColumns } from './newColumns.ts'

export const jsonColumn = defineRule({
  name: 'json-column',
  meta: {
    dialects: ['postgresql'],
    type: 'suggestion',
    severity: 'warn',
    preset: 'strict',
    docs: {
      description: 'A column of type json is added',
      why: `\`json\` keeps the text as it was sent and parses it again whenever a part of it is read. It has no equality, so DISTINCT, GROUP BY and UNION over such a column fail ("could not identify an equality operator for type json"), and it cannot have a GIN index.`,
      instead: `Use \`jsonb\` (\`prefer-jsonb\` says so in the schema file). Keep \`json\` where the exact text matters: order of keys, duplicate keys, white space. Once rows are there, the change rewrites the table.`,
      category: 'convention',
      examples: {
        bad: [
          {
            name: 'a new column',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "settings" json;`,
          },
        ],
        good: [
          {
            name: 'jsonb',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "settings" jsonb;`,
          },
        ],
      },
    },
    messages: {
      found: {
        message:
          '{{columns}} {{are}} json, which has no equality and no GIN index and is parsed at every read.',
        help: 'Use jsonb in the schema and generate the migration again.',
      },
    },
  },
  create(context) {
    return {
      Change(change) {
        const made = newColumns(change)
        const columns = (made?.columns ?? []).filter(
          ({ type }) => type.schema === null && type.name === 'json',
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
