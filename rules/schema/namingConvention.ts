import { type PatternOption, matchesName, templateMatches } from '../../src/schema/naming.ts'
import { type DeclaredTable, columnOf } from '../../src/schema/model.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import { isMigrated, migratedTable } from '../../src/preview/migrated.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

interface Options {
  readonly tables: string
  readonly plural: boolean
  readonly columns: string
  readonly indexes: PatternOption
  readonly uniques: PatternOption
  readonly foreignKeys: PatternOption
}

const SNAKE_CASE = '^[a-z][a-z0-9]*(_[a-z0-9]+)*$'
const templates = (description: string) => ({
  anyOf: [
    { type: 'string' as const },
    { type: 'array' as const, items: { type: 'string' as const } },
  ],
  description: `${description} {table}, {column} (several joined by _) and {referenced} stand for names. Any of several templates will do; an empty list allows all.`,
})

export const namingConvention: SchemaRule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'enforce patterns for the names of tables, columns, indexes and keys',
      url: ruleUrl('naming-convention'),
      recommended: false,
      why: `Names in capitals have to be quoted in every query written by hand, and names made by three patterns are looked up every time. Renaming later needs a migration that running code does not survive.`,
      instead: `Settle on patterns and write them into the options. Only names that are written in the file are judged; those drizzle derives follow drizzle's own patterns.`,
      examples: {
        bad: [
          {
            name: 'a table in the singular, a column in camel case, an index by another pattern',
            code: `import { index, integer, pgTable } from 'drizzle-orm/pg-core'

export const post = pgTable('post', { id: integer().primaryKey(), userId: integer('userId') }, (table) => [
  index('idx_user').on(table.userId),
])`,
          },
        ],
        good: [
          {
            name: 'the default patterns',
            code: `import { index, integer, pgTable } from 'drizzle-orm/pg-core'

export const posts = pgTable('posts', { id: integer().primaryKey(), userId: integer('user_id') }, (table) => [
  index('posts_user_id_idx').on(table.userId),
])`,
          },
          {
            name: 'patterns of your own',
            code: `import { index, integer, pgTable } from 'drizzle-orm/pg-core'

export const post = pgTable('post', { id: integer().primaryKey(), userId: integer('user_id') }, (table) => [
  index('ix_post_user_id').on(table.userId),
])`,
            options: [{ plural: false, indexes: 'ix_{table}_{column}' }],
          },
        ],
      },
    },
    schema: [
      {
        type: 'object',
        properties: {
          tables: { type: 'string', description: 'A regular expression for the names of tables.' },
          plural: { type: 'boolean', description: 'Whether names of tables end in a plural.' },
          columns: {
            type: 'string',
            description: 'A regular expression for the names of columns.',
          },
          indexes: templates('How indexes are named.'),
          uniques: templates('How unique constraints and unique indexes are named.'),
          foreignKeys: templates('How foreign keys are named.'),
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [
      {
        tables: SNAKE_CASE,
        plural: true,
        columns: SNAKE_CASE,
        indexes: '{table}_{column}_idx',
        uniques: [],
        foreignKeys: [
          '{table}_{referenced}_fk',
          '{table}_{column}_{referenced}_fk',
          '{table}_{column}_fk',
        ],
      },
    ],
    messages: {
      name: 'The {{kind}} "{{name}}" does not match {{pattern}}. Rename it before it is deployed.',
      plural: 'The table "{{name}}" is not in the plural. Rename it before it is deployed.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table, file) => {
      const [options] = context.options as [Options]
      const report = (kind: string, name: string, pattern: string, node: DeclaredTable['node']) =>
        context.report({ node, messageId: 'name', data: { kind, name, pattern } })
      // What is deployed has its name, and code that knows it.
      const migrated = migratedTable(context, table)
      const isNamed = (name: string | null | undefined) =>
        typeof name === 'string' &&
        [migrated?.constraints, migrated?.indexes].some((parts) =>
          parts?.some((part) => part.name === name),
        )
      if (table.name !== null && migrated === null) {
        const { name, node } = table
        if (!matchesName(name, options.tables)) report('table', name, options.tables, node)
        else if (options.plural && !isPlural(name))
          context.report({ node, messageId: 'plural', data: { name } })
      }
      // What another file names is judged there.
      for (const column of table.columns.filter(({ elsewhere }) => !elsewhere)) {
        const { name, node } = column
        if (isMigrated(context, table, column)) continue
        if (name !== null && !matchesName(name, options.columns))
          report('column', name, options.columns, node)
      }
      const names = (keys: readonly (string | null)[], from = table) =>
        keys.map((key) => columnOf(from, key)?.name ?? null)
      for (const { name, node, columns, unique } of table.indexes) {
        if (isNamed(name)) continue
        const wanted = unique ? options.uniques : options.indexes
        const wrong = templateMatches(name, wanted, { table: table.name, columns: names(columns) })
        if (wrong !== null)
          report(unique ? 'unique index' : 'index', wrong.name, wrong.pattern, node)
      }
      for (const { name, node, columns, kind } of table.keys) {
        if (kind !== 'unique' || isNamed(name)) continue
        const wrong = templateMatches(name, options.uniques, {
          table: table.name,
          columns: names(columns),
        })
        if (wrong !== null) report('unique constraint', wrong.name, wrong.pattern, node)
      }
      for (const { name, node, columns, references } of table.foreignKeys) {
        if (isNamed(name)) continue
        const referenced = references === null ? null : (file.table(references)?.name ?? null)
        const given = { table: table.name, columns: names(columns), referenced }
        const wrong = templateMatches(name, options.foreignKeys, given)
        if (wrong !== null) report('foreign key', wrong.name, wrong.pattern, node)
      }
    }),
}

/** English plurals as far as names of tables go; words without one count as such. */
function isPlural(name: string): boolean {
  const last = name.split('_').at(-1) ?? name
  return /([^s]s|ses|people|children|men|feet|data|metadata|media|criteria|history|info|news|series|indices|analytics)$/.test(
    last,
  )
}
