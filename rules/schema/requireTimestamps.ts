import { snakeCase } from '../../src/schema/casing.ts'
import { tableLabel } from '../../src/schema/model.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

interface Options {
  readonly columns: readonly string[]
  readonly ignore: readonly string[]
}

export const requireTimestamps: SchemaRule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require columns that say when a row was made and changed',
      url: ruleUrl('require-timestamps'),
      recommended: false,
      why: `When a row was made and last changed is asked in every incident, and cannot be found out afterwards. A column that may be null, or that only the application fills (\`$defaultFn\`), is empty for rows that a migration, a script or psql writes.`,
      instead: `\`createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow()\`, the same for \`updated_at\` with \`.$onUpdate(() => new Date())\`; spread them from one object of the file or of another.`,
      examples: {
        bad: [
          {
            name: 'no updated_at, and a created_at without a default',
            code: `import { integer, pgTable, timestamp } from 'drizzle-orm/pg-core'

export const posts = pgTable('posts', {
  id: integer().primaryKey(),
  createdAt: timestamp('created_at').notNull(),
})`,
          },
        ],
        good: [
          {
            name: 'both, from an object of the file',
            code: `import { integer, pgTable, timestamp } from 'drizzle-orm/pg-core'

const timestamps = {
  createdAt: timestamp('created_at').notNull().defaultNow(),
  updatedAt: timestamp('updated_at').notNull().defaultNow(),
}

export const posts = pgTable('posts', { id: integer().primaryKey(), ...timestamps })`,
          },
        ],
      },
    },
    schema: [
      {
        type: 'object',
        properties: {
          columns: {
            type: 'array',
            items: { type: 'string' },
            description: 'The columns every table must have, as the database names them.',
          },
          ignore: {
            type: 'array',
            items: { type: 'string' },
            description: 'Tables that need none.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ columns: ['created_at', 'updated_at'], ignore: [] }],
    messages: {
      missing: '{{table}} has no {{column}}. Add it, not null and with a default.',
      nullable: '{{column}} of {{table}} may be null. Add .notNull().',
      withoutDefault: '{{column}} of {{table}} has no default in the database. Add .defaultNow().',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table) => {
      const [{ columns: required, ignore }] = context.options as [Options]
      if (table.name !== null && ignore.includes(table.name)) return
      for (const name of required) {
        const column = table.columns.find((one) => (one.name ?? snakeCase(one.key)) === name)
        const data = { table: tableLabel(table), column: name }
        if (column === undefined) {
          if (table.complete) context.report({ node: table.node, messageId: 'missing', data })
        } else if (column.known) {
          const { node } = column
          if (!column.notNull) context.report({ node, messageId: 'nullable', data })
          if (!column.hasDefault) context.report({ node, messageId: 'withoutDefault', data })
        }
      }
    }),
}
