import { importBuilder } from '../../src/eslint/schemaFile/addImport.ts'
import { rangeOf } from '../../src/schema/ast.ts'
import { columnLabel } from '../../src/schema/model.ts'
import { nameTaken, replaceBuilder } from '../../src/eslint/schemaFile/replaceBuilder.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import { isMigrated } from '../../src/preview/migrated.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

const PLAIN: Readonly<Record<string, string>> = {
  serial: 'integer',
  bigserial: 'bigint',
  smallserial: 'smallint',
}

export const preferIdentity: SchemaRule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require identity columns instead of `serial`',
      url: ruleUrl('prefer-identity'),
      recommended: 'strict',
      why: `\`serial\` is shorthand for an integer with a default and a sequence that has rights and an owner of its own: whoever may insert into the table needs a grant on the sequence too, and any insert can write its own number without the sequence noticing. PostgreSQL's documentation recommends identity columns.`,
      instead: `\`integer().generatedAlwaysAsIdentity()\`, or \`generatedByDefaultAsIdentity()\` if inserts bring ids along. For new tables: drizzle-kit's migration from \`serial\` to identity fails on a table that exists, because the sequence is still there.`,
      examples: {
        bad: [
          {
            name: 'serial',
            code: `import { pgTable, serial } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: serial().primaryKey() })`,
          },
        ],
        good: [
          {
            name: 'identity',
            code: `import { integer, pgTable } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: integer().primaryKey().generatedAlwaysAsIdentity() })`,
          },
        ],
      },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      serial:
        '{{column}} is {{builder}}: its sequence has grants of its own and inserts can bypass it. In a new table use {{plain}}().generatedAlwaysAsIdentity().',
      useIdentity: 'Use {{plain}}().generatedAlwaysAsIdentity().',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(
      context,
      (table) => {
        for (const column of table.columns) {
          const { builder } = column
          const plain = builder === null ? undefined : PLAIN[builder.name]
          if (builder === null || plain === undefined || column.elsewhere) continue
          if (isMigrated(context, table, column)) continue
          const data = { column: columnLabel(table, column.key), builder: builder.name, plain }
          const { sourceCode } = context
          const imported = importBuilder(
            sourceCode.ast,
            table.dialect,
            plain,
            nameTaken(sourceCode),
          )
          const [start, end] = rangeOf(builder.call)
          context.report({
            node: column.node,
            messageId: 'serial',
            data,
            suggest:
              imported === null
                ? []
                : [
                    {
                      messageId: 'useIdentity',
                      data,
                      fix: (fixer) => [
                        ...replaceBuilder(fixer, column, imported),
                        fixer.insertTextAfterRange([start, end], '.generatedAlwaysAsIdentity()'),
                      ],
                    },
                  ],
          })
        }
      },
      ['postgresql'],
    ),
}
