import { importBuilder } from '../../src/eslint/schemaFile/addImport.ts'
import { columnLabel } from '../../src/schema/model.ts'
import { nameTaken, replaceBuilder } from '../../src/eslint/schemaFile/replaceBuilder.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import { isMigrated } from '../../src/preview/migrated.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const preferJsonb: SchemaRule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require `jsonb` instead of `json`',
      url: ruleUrl('prefer-jsonb'),
      recommended: 'strict',
      why: `\`json\` keeps the text as it was sent and parses it again whenever a part of it is read. It has no equality, so DISTINCT, GROUP BY and UNION over such a column fail ("could not identify an equality operator for type json"), and it cannot have a GIN index.`,
      instead: `\`jsonb\`. Keep \`json\` where the exact text matters: order of keys, duplicate keys, white space.`,
      examples: {
        bad: [
          {
            name: 'json',
            code: `import { integer, json, pgTable } from 'drizzle-orm/pg-core'

export const events = pgTable('events', { id: integer().primaryKey(), payload: json() })`,
          },
        ],
        good: [
          {
            name: 'jsonb',
            code: `import { integer, jsonb, pgTable } from 'drizzle-orm/pg-core'

export const events = pgTable('events', { id: integer().primaryKey(), payload: jsonb() })`,
          },
        ],
      },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      json: '{{column}} is json, which has no equality and no GIN index and is parsed at every read. Use jsonb.',
      useJsonb: 'Use jsonb.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(
      context,
      (table) => {
        for (const column of table.columns.filter(
          ({ builder, elsewhere }) => builder?.name === 'json' && !elsewhere,
        )) {
          if (isMigrated(context, table, column)) continue
          const { sourceCode } = context
          const imported = importBuilder(
            sourceCode.ast,
            table.dialect,
            'jsonb',
            nameTaken(sourceCode),
          )
          context.report({
            node: column.node,
            messageId: 'json',
            data: { column: columnLabel(table, column.key) },
            suggest:
              imported === null
                ? []
                : [
                    {
                      messageId: 'useJsonb',
                      fix: (fixer) => replaceBuilder(fixer, column, imported),
                    },
                  ],
          })
        }
      },
      ['postgresql'],
    ),
}
