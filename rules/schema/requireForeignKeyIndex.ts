import type { Rule } from 'eslint'
import { coreOf } from '../../src/dialects/cores.ts'
import { indexInsertions } from '../../src/eslint/schemaFile/addIndex.ts'
import { columnLabel, columnOf, tableLabel } from '../../src/schema/model.ts'
import { isServed } from '../../src/schema/served.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import { isMigrated } from '../../src/preview/migrated.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const requireForeignKeyIndex: SchemaRule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require an index on the columns of a foreign key',
      url: ruleUrl('require-foreign-key-index'),
      recommended: true,
      why: `PostgreSQL and SQLite index the referenced side only. Every DELETE on the referenced table, and every UPDATE of its key, then reads the whole referencing table to look for rows; joins and cascades along the key are as slow. It goes unnoticed until the table has grown. MySQL makes the index itself, so its tables are not reported.`,
      instead: `Add an index that starts with the key's columns: \`(table) => [index().on(table.userId)]\`. A primary key or a unique constraint that leads with them does as well. The editor's suggestion writes it as the file writes its other indexes.`,
      examples: {
        bad: [
          {
            name: 'a reference without an index',
            code: `import { integer, pgTable } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: integer().primaryKey() })

export const posts = pgTable('posts', {
  id: integer().primaryKey(),
  userId: integer('user_id').references(() => users.id),
})`,
          },
          {
            name: 'an index that starts with another column',
            code: `import { foreignKey, index, integer, pgTable, text } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: integer().primaryKey() })

export const posts = pgTable(
  'posts',
  { id: integer().primaryKey(), slug: text(), userId: integer('user_id') },
  (table) => [
    index('posts_slug_user_id_idx').on(table.slug, table.userId),
    foreignKey({ columns: [table.userId], foreignColumns: [users.id] }),
  ],
)`,
          },
        ],
        good: [
          {
            name: 'with an index',
            code: `import { index, integer, pgTable } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: integer().primaryKey() })

export const posts = pgTable(
  'posts',
  { id: integer().primaryKey(), userId: integer('user_id').references(() => users.id) },
  (table) => [index('posts_user_id_idx').on(table.userId)],
)`,
          },
          {
            name: 'with a primary key that starts with its column',
            code: `import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: integer().primaryKey() })

export const members = pgTable(
  'members',
  { userId: integer('user_id').references(() => users.id), team: text() },
  (table) => [primaryKey({ columns: [table.userId, table.team] })],
)`,
          },
        ],
      },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      unindexed:
        'No index starts with {{columns}}, so every delete or key change in the referenced table scans all of {{table}}. Add an index on {{columns}}.',
      unindexedMigrated:
        'No index starts with {{columns}}, so every delete or key change in the referenced table scans all of {{table}}. Add an index on {{columns}}; where {{table}} has many rows, create it CONCURRENTLY by hand before the deployment, with IF NOT EXISTS in the migration.',
      addIndex: 'Add an index on {{columns}}.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table, file) => {
      if (coreOf(table.dialect).indexesForeignKeys || !table.extrasKnown) return
      const reported = new Set<string>()
      for (const key of table.foreignKeys) {
        const keys = key.columns.filter((column) => column !== null)
        if (keys.length !== key.columns.length || isServed(table, key)) continue
        // What comes from elsewhere may bring `.unique()` or `.primaryKey()` along.
        if (!keys.every((column) => columnOf(table, column)?.known)) continue
        if (reported.has(keys.join())) continue
        reported.add(keys.join())
        const columns = keys.map((column) => columnLabel(table, column)).join(', ')
        const isDeployed =
          coreOf(table.dialect).buildsConcurrently &&
          keys.every((column) => {
            const own = columnOf(table, column)
            return own !== undefined && isMigrated(context, table, own)
          })
        const insertions = indexInsertions(file, table, keys, context.sourceCode)
        const fix = (fixer: Rule.RuleFixer) =>
          (insertions ?? []).map(({ at, text }) => fixer.insertTextAfterRange([at, at], text))
        context.report({
          node: key.node,
          messageId: isDeployed ? 'unindexedMigrated' : 'unindexed',
          data: { columns, table: tableLabel(table) },
          suggest: insertions === null ? [] : [{ messageId: 'addIndex', data: { columns }, fix }],
        })
      }
    }),
}
