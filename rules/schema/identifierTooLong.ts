import { coreOf } from '../../src/dialects/cores.ts'
import { identifiersOf } from '../../src/schema/identifiers.ts'
import { onFile } from '../../src/eslint/schemaFile/visit.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const identifierTooLong: SchemaRule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow names longer than the database keeps, written or derived by drizzle',
      url: ruleUrl('identifier-too-long'),
      recommended: 'strict',
      why: `PostgreSQL cuts every name after 63 bytes without an error. The schema and drizzle-kit's snapshots keep the long one, so they and the database disagree about what it is called: looking for it in the catalog finds nothing, and a second name with the same beginning fails ("already exists"). MySQL refuses names of more than 64 characters. drizzle derives names too: \`{table}_{column}_{referenced table}_{referenced column}_fk\`, \`{table}_{columns}_unique\`, \`{table}_{columns}_index\`, \`{table}_{columns}_pk\`.`,
      instead: `Give it a shorter name. A foreign key gets a name of its own with \`foreignKey({ columns, foreignColumns, name })\` instead of \`.references()\`. What exists already has to be renamed by hand in a migration, since drizzle-kit drops and adds it.`,
      examples: {
        bad: [
          {
            name: 'a name that drizzle derives',
            code: `import { index, integer, pgTable } from 'drizzle-orm/pg-core'

export const subscriptions = pgTable('organization_subscriptions', { id: integer().primaryKey() })

export const items = pgTable(
  'organization_subscription_items',
  { id: integer().primaryKey(), subscription: integer('subscription_id').references(() => subscriptions.id) },
  (table) => [index('items_subscription_idx').on(table.subscription)],
)`,
          },
        ],
        good: [
          {
            name: 'a name of its own',
            code: `import { foreignKey, index, integer, pgTable } from 'drizzle-orm/pg-core'

export const subscriptions = pgTable('organization_subscriptions', { id: integer().primaryKey() })

export const items = pgTable(
  'organization_subscription_items',
  { id: integer().primaryKey(), subscription: integer('subscription_id') },
  (table) => [
    index('items_subscription_idx').on(table.subscription),
    foreignKey({
      columns: [table.subscription],
      foreignColumns: [subscriptions.id],
      name: 'items_subscription_fk',
    }),
  ],
)`,
          },
        ],
      },
    },
    schema: [
      {
        type: 'object',
        properties: {
          derived: {
            type: 'boolean',
            description: 'Whether names that drizzle derives count too.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ derived: true }],
    messages: {
      cut: 'The name of this {{kind}}{{origin}} has {{length}} bytes; {{server}} keeps {{count}} and calls it "{{cut}}". Give it a shorter name.',
      refused:
        'The name of this {{kind}}{{origin}} has {{length}} characters; {{server}} takes no more than {{count}}. Give it a shorter name.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onFile(context, (file) => {
      const [{ derived: countDerived }] = context.options as [{ derived: boolean }]
      for (const { name, kind, node, dialect, derived } of identifiersOf(file)) {
        if (derived && !countDerived) continue
        const origin = derived ? `, "${name}", which drizzle derives,` : ''
        const { longestName, cut, server } = coreOf(dialect)
        if (longestName === null) continue
        const { count, unit } = longestName
        const length = unit === 'bytes' ? Buffer.byteLength(name) : [...name].length
        if (length <= count) continue
        const kept = cut(name)
        context.report({
          node,
          messageId: kept === null ? 'refused' : 'cut',
          data: {
            kind,
            origin,
            server,
            length: String(length),
            count: String(count),
            cut: kept ?? '',
          },
        })
      }
    }),
}
