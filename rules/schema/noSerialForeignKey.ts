import { coreOf } from '../../src/dialects/cores.ts'
import { importBuilder } from '../../src/eslint/schemaFile/addImport.ts'
import { rangeOf } from '../../src/schema/ast.ts'
import { methodOf } from '../../src/schema/chain.ts'
import { type DeclaredColumn, columnLabel, columnOf } from '../../src/schema/model.ts'
import { nameTaken, replaceBuilder } from '../../src/eslint/schemaFile/replaceBuilder.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const noSerialForeignKey: SchemaRule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow foreign keys that draw their value from a sequence of their own',
      url: ruleUrl('no-serial-foreign-key'),
      recommended: true,
      why: `\`serial\` is an integer whose default is the next number of a sequence that belongs to this column. On a foreign key that number has nothing to do with the referenced table: an insert that forgets the column is not refused, it gets some number, and then either fails on the foreign key or, worse, points at another row.`,
      instead: `Use the plain type: \`integer('user_id')\` for \`serial\`, \`bigint('user_id', { mode: 'number' })\` for \`bigserial\`.`,
      examples: {
        bad: [
          {
            name: 'serial',
            code: `import { index, pgTable, serial } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: serial().primaryKey() })

export const posts = pgTable(
  'posts',
  { id: serial().primaryKey(), userId: serial('user_id').references(() => users.id) },
  (table) => [index().on(table.userId)],
)`,
          },
        ],
        good: [
          {
            name: 'integer',
            code: `import { index, integer, pgTable, serial } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: serial().primaryKey() })

export const posts = pgTable(
  'posts',
  { id: serial().primaryKey(), userId: integer('user_id').notNull().references(() => users.id) },
  (table) => [index().on(table.userId)],
)`,
          },
        ],
      },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      serial:
        '{{column}} is a foreign key with a sequence of its own: an insert that leaves it out gets some number instead of an error. Use {{plain}}.',
      usePlain: 'Use {{plain}} and keep it not null.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table) => {
      for (const key of table.foreignKeys) {
        for (const own of key.columns) {
          const column = columnOf(table, own)
          if (column?.builder === null || !column?.serial) continue
          const plain = coreOf(table.dialect).serials[column.builder.name]
          if (plain === undefined) continue
          const { ast } = context.sourceCode
          const { builder, unsigned } = plain
          const imported =
            unsigned || column.elsewhere
              ? null
              : importBuilder(ast, table.dialect, builder, nameTaken(context.sourceCode))
          const shown = unsigned ? `${builder} with unsigned: true` : builder
          const data = { column: columnLabel(table, column.key), plain: shown }
          context.report({
            node: key.node,
            messageId: 'serial',
            data,
            suggest:
              imported === null
                ? []
                : [
                    {
                      messageId: 'usePlain',
                      data,
                      fix: (fixer) => [
                        ...replaceBuilder(fixer, column, imported),
                        ...(isNotNull(column)
                          ? []
                          : [fixer.insertTextAfterRange(builderRange(column), '.notNull()')]),
                      ],
                    },
                  ],
          })
        }
      }
    }),
}

function isNotNull({ methods }: DeclaredColumn): boolean {
  return methodOf(methods, 'notNull') !== undefined || methodOf(methods, 'primaryKey') !== undefined
}

function builderRange({ builder, value }: DeclaredColumn): [number, number] {
  const [start, end] = rangeOf(builder?.call ?? value)
  return [start, end]
}
