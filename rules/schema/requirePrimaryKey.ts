import { tableLabel } from '../../src/schema/model.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const requirePrimaryKey: SchemaRule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require a primary key for every table',
      url: ruleUrl('require-primary-key'),
      recommended: true,
      why: `Without a primary key rows cannot be told apart for certain: logical replication refuses their UPDATE and DELETE, admin tools cannot edit them, duplicates cannot be removed one by one, and nothing keeps them from appearing.`,
      instead: `Mark the column with \`.primaryKey()\`, or several with \`primaryKey({ columns: [table.a, table.b] })\`. A join table's key is the pair of its foreign keys.`,
      examples: {
        bad: [
          {
            name: 'a join table without a key',
            code: `import { integer, pgTable } from 'drizzle-orm/pg-core'

export const memberships = pgTable('memberships', {
  userId: integer('user_id').notNull(),
  teamId: integer('team_id').notNull(),
})`,
          },
        ],
        good: [
          {
            name: 'a composite key',
            code: `import { integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'

export const memberships = pgTable(
  'memberships',
  { userId: integer('user_id').notNull(), teamId: integer('team_id').notNull() },
  (table) => [primaryKey({ columns: [table.userId, table.teamId] })],
)`,
          },
          {
            name: 'columns from elsewhere, which may have it',
            code: `import { pgTable, text } from 'drizzle-orm/pg-core'
import { baseColumns } from './columns'

export const teams = pgTable('teams', { ...baseColumns, name: text() })`,
          },
        ],
      },
    },
    schema: [],
    messages: {
      missing: '{{table}} has no primary key, so its rows cannot be told apart. Give it one.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table) => {
      const { complete, extrasKnown, columns, keys } = table
      if (!complete || !extrasKnown || columns.some(({ known }) => !known)) return
      if (keys.some(({ kind }) => kind === 'primary key')) return
      context.report({ node: table.node, messageId: 'missing', data: { table: tableLabel(table) } })
    }),
}
