import { columnLabel } from '../../src/schema/model.ts'
import { addOption } from '../../src/schema/options.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import { isMigrated } from '../../src/preview/migrated.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const preferTimestamptz: SchemaRule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require timestamps to have a time zone',
      url: ruleUrl('prefer-timestamptz'),
      recommended: 'strict',
      why: `\`timestamp\` without time zone stores what the clock on some wall showed, not a moment. What \`now()\` puts there depends on the session's TimeZone, and two servers or an operator's psql in another zone write times that are hours apart without any error.`,
      instead: `\`timestamp('created_at', { withTimezone: true })\`: it takes the same eight bytes. On a table with rows the change of type rewrites the table unless the session's TimeZone is UTC; see change-column-type.`,
      examples: {
        bad: [
          {
            name: 'without time zone',
            code: `import { integer, pgTable, timestamp } from 'drizzle-orm/pg-core'

export const posts = pgTable('posts', { id: integer().primaryKey(), createdAt: timestamp('created_at') })`,
          },
        ],
        good: [
          {
            name: 'with time zone',
            code: `import { integer, pgTable, timestamp } from 'drizzle-orm/pg-core'

export const posts = pgTable('posts', {
  id: integer().primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }),
})`,
          },
        ],
      },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      withoutZone:
        '{{column}} has no time zone, so what it means depends on who wrote it. Add withTimezone: true.',
      addZone: 'Add withTimezone: true.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(
      context,
      (table) => {
        for (const column of table.columns) {
          const { builder, type, elsewhere } = column
          if (builder?.name !== 'timestamp' || type?.name !== 'timestamp' || elsewhere) continue
          if (isMigrated(context, table, column)) continue
          const insertion = addOption(builder.call, 'withTimezone: true')
          context.report({
            node: column.node,
            messageId: 'withoutZone',
            data: { column: columnLabel(table, column.key) },
            suggest:
              insertion === null
                ? []
                : [
                    {
                      messageId: 'addZone',
                      fix: (fixer) => fixer.replaceTextRange([...insertion.range], insertion.text),
                    },
                  ],
          })
        }
      },
      ['postgresql'],
    ),
}
