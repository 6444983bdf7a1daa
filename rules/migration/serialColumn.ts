import { displayColumn } from '../../src/catalog/names.ts'
import { listed } from '../../src/finding/listed.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { newColumns } from './newColumns.ts'

export const serialColumn = defineRule({
  name: 'serial-column',
  meta: {
    dialects: ['postgresql'],
    type: 'suggestion',
    severity: 'warn',
    preset: 'strict',
    docs: {
      description: 'A column of a serial type is added',
      why: `\`serial\` is an integer with a default and a sequence of its own. Anybody may insert a number by hand, after which the sequence hands it out again; the sequence needs grants of its own; and \`serial\` runs out at 2,147,483,647.`,
      instead: `Use an identity column: \`integer().generatedAlwaysAsIdentity()\`, or \`bigint({ mode: "number" })\` (\`prefer-identity\` says so in the schema file).`,
      category: 'convention',
      examples: {
        bad: [
          {
            name: 'a new table',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "posts" ("id" serial PRIMARY KEY NOT NULL);`,
          },
        ],
        good: [
          {
            name: 'an identity',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "posts" ("id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY);`,
          },
        ],
      },
    },
    messages: {
      found: {
        message:
          '{{columns}} {{are}} serial: numbers can be inserted by hand, and the sequence then hands them out again.',
        help: 'Use generatedAlwaysAsIdentity() in the schema and generate the migration again.',
      },
    },
  },
  create(context) {
    return {
      Change(change) {
        const made = newColumns(change)
        const columns = (made?.columns ?? []).filter(({ serial }) => serial)
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
