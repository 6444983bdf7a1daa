import { findTable } from '../../src/catalog/catalog.ts'
import type { RuleReport } from '../../src/lint/runRules.ts'
import { PREVIEW_OPTIONS, type PreviewOptions } from '../../src/preview/options.ts'
import { previewOf } from '../../src/preview/preview.ts'
import { reviewPreview, wordsOf } from '../../src/preview/review.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'
import { migrationRules } from '../index.ts'

/** Rules on what only a file of SQL has, and one that `require-foreign-key-index` stands for here. */
const NOT_HERE = [
  'unindexed-foreign-key',
  'unparsed',
  'opaque',
  'suppression',
  'missing-breakpoint',
]

/** What the examples compare with. */
const MIGRATED = 'CREATE TABLE "users" ("id" integer PRIMARY KEY, "email" text);'

interface Options extends PreviewOptions {
  readonly ignore: readonly string[]
}

/** An index that `require-foreign-key-index` asks for, and says of what it takes. */
function isAskedFor({ by, on }: RuleReport): boolean {
  if (by.rule.name !== 'create-index' || on.kind !== 'CreateIndex' || on.index.unique) return false
  const leads = (columns: readonly string[]) =>
    columns.every((column) => on.index.columns.slice(0, columns.length).includes(column))
  return (
    findTable(on.after, on.table)?.constraints.some(
      (constraint) => constraint.type === 'foreign key' && leads(constraint.columns),
    ) === true
  )
}

export const unsafeSchemaChange: SchemaRule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow changes of the schema whose migration would be reported',
      url: ruleUrl('unsafe-schema-change'),
      recommended: true,
      why: `By the time a migration is read, the schema, the queries and the tests have been written for it. This rule says the same earlier: the tables of the file are compared with what the migrations on disk lead to, and the difference is judged by the very rules that judge SQL: a \`.notNull()\` column without a default of the database (\`$defaultFn\` is none), a column that is gone or renamed, a type that rewrites the table, a unique constraint, an index. The finding disappears once the migration is generated, and is then the migration's: that one is the authority.`,
      instead: `What the finding says; the page of the rule that it names in parentheses says more. The finding is silent where it cannot be sure: tables that no migration has made yet, migrations with SQL that cannot be followed, columns that other files bring, new columns whose type an extension or another file makes, and where the migrations folder is not found (name it with the option \`migrations\`).`,
      examples: {
        bad: [
          {
            name: 'a required column without a default that the database knows',
            migrations: MIGRATED,
            code: `import { integer, pgTable, text } from 'drizzle-orm/pg-core'

export const users = pgTable('users', {
  id: integer().primaryKey(),
  email: text(),
  name: text().notNull().$defaultFn(() => 'unknown'),
})`,
          },
          {
            name: 'a column that is gone',
            migrations: MIGRATED,
            code: `import { integer, pgTable, text } from 'drizzle-orm/pg-core'

export const users = pgTable('users', {
  id: integer().primaryKey(),
})`,
          },
        ],
        good: [
          {
            name: 'a column that may be null',
            migrations: MIGRATED,
            code: `import { integer, pgTable, text } from 'drizzle-orm/pg-core'

export const users = pgTable('users', {
  id: integer().primaryKey(),
  email: text(),
  name: text(),
})`,
          },
        ],
      },
    },
    schema: [
      {
        type: 'object',
        properties: {
          ...PREVIEW_OPTIONS,
          ignore: {
            type: 'array',
            items: { type: 'string' },
            description: 'Rules on SQL that are not asked, such as `create-index`.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ ignore: [] }],
    messages: { unsafe: 'In a migration: {{message}} {{help}} ({{rule}})' },
    languages: ['js/js'],
  },
  create(context) {
    const [{ ignore, ...options }] = context.options as [Options]
    return {
      Program() {
        const preview = previewOf(context, options)
        if (preview === null || preview.changes.length === 0) return
        const out = [...NOT_HERE, ...ignore]
        // What the preset strict asks of SQL, rules of their own ask of a schema file.
        const rules = migrationRules.filter(
          ({ name, meta }) => meta.preset !== 'strict' && !out.includes(name),
        )
        for (const report of reviewPreview(preview, rules, migrationRules)) {
          if (isAskedFor(report)) continue
          const data = { ...wordsOf(preview, report), rule: report.by.rule.name }
          context.report({ node: preview.nodeOf(report.on), messageId: 'unsafe', data })
        }
      },
    }
  },
}
