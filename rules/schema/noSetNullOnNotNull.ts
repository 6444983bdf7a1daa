import type { Rule } from 'eslint'
import { coreOf } from '../../src/dialects/cores.ts'
import { callRange, methodOf } from '../../src/schema/chain.ts'
import { columnLabel, columnOf } from '../../src/schema/model.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const noSetNullOnNotNull: SchemaRule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow foreign keys that set a column to null that must not be null',
      url: ruleUrl('no-set-null-on-not-null'),
      recommended: true,
      why: `\`onDelete: 'set null'\` on a column that is \`.notNull()\`, or part of the primary key, is accepted by PostgreSQL and SQLite; then every DELETE of a referenced row that is in use fails with "null value in column … violates not-null constraint". MySQL refuses the table.`,
      instead: `Decide which of the two is meant: a column that may be empty (without \`.notNull()\`), or rows that go with the one they reference (\`cascade\`) or protect it (\`restrict\`).`,
      examples: {
        bad: [
          {
            name: 'set null on a required column',
            code: `import { index, integer, pgTable } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: integer().primaryKey() })

export const posts = pgTable(
  'posts',
  {
    id: integer().primaryKey(),
    userId: integer('user_id').notNull().references(() => users.id, { onDelete: 'set null' }),
  },
  (table) => [index().on(table.userId)],
)`,
          },
        ],
        good: [
          {
            name: 'set null on an optional column',
            code: `import { index, integer, pgTable } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: integer().primaryKey() })

export const posts = pgTable(
  'posts',
  {
    id: integer().primaryKey(),
    userId: integer('user_id').references(() => users.id, { onDelete: 'set null' }),
  },
  (table) => [index().on(table.userId)],
)`,
          },
        ],
      },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      setNull:
        '{{column}} must not be null, but its foreign key sets it to null: {{event}} a referenced row fails. Let the column be null, or use another action.',
      useRestrict: "Use 'restrict': referenced rows cannot be removed.",
      allowNull: 'Let {{column}} be null.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table) => {
      // SQLite lets columns of a composite primary key be null.
      const primary = table.keys.filter(
        ({ kind }) => kind === 'primary key' && !coreOf(table.dialect).nullableKeys,
      )
      for (const key of table.foreignKeys) {
        if (key.onDelete !== 'set null' && key.onUpdate !== 'set null') continue
        for (const own of key.columns) {
          const column = columnOf(table, own)
          if (column === undefined) continue
          const inPrimaryKey = primary.some(({ columns }) => columns.includes(own))
          if (!column.notNull && !inPrimaryKey) continue
          const data = {
            column: columnLabel(table, column.key),
            event: key.onDelete === 'set null' ? 'deleting' : 'changing the key of',
          }
          const isEditable = !inPrimaryKey && !column.elsewhere
          const notNull = isEditable ? methodOf(column.methods, 'notNull') : undefined
          const literals = key.actions.filter(
            (node) => node.type === 'Literal' && node.value === 'set null',
          )
          context.report({
            node: key.node,
            messageId: 'setNull',
            data,
            suggest: [
              ...(literals.length === 0
                ? []
                : [
                    {
                      messageId: 'useRestrict',
                      fix: (fixer: Rule.RuleFixer) =>
                        literals.map((node) => {
                          const quote = context.sourceCode.getText(node as never).charAt(0)
                          return fixer.replaceText(node as never, `${quote}restrict${quote}`)
                        }),
                    },
                  ]),
              ...(notNull === undefined
                ? []
                : [
                    {
                      messageId: 'allowNull',
                      data,
                      fix: (fixer: Rule.RuleFixer) => fixer.removeRange(callRange(notNull)),
                    },
                  ]),
            ],
          })
        }
      }
    }),
}
