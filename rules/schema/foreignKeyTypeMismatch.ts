import { coreOf } from '../../src/dialects/cores.ts'
import { columnLabel, columnOf } from '../../src/schema/model.ts'
import { typeMismatch, sqlType } from '../../src/schema/keyTypes.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const foreignKeyTypeMismatch: SchemaRule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow foreign keys whose type differs from the column they reference',
      url: ruleUrl('foreign-key-type-mismatch'),
      recommended: true,
      why: `TypeScript does not compare the two columns of a reference. PostgreSQL refuses a foreign key between types it cannot compare (\`integer\` and \`uuid\`, \`uuid\` and \`text\`): the migration fails. It accepts a smaller integer that references a larger one; that fails later, when the first id no longer fits: "integer out of range". MySQL refuses integers of different size or sign.`,
      instead: `Give the column the type of the one it references. The partner of \`serial\` is \`integer\`, of \`bigserial\` \`bigint\`; in MySQL the partner of \`serial\` is \`bigint({ unsigned: true })\`.`,
      examples: {
        bad: [
          {
            name: 'an integer that references a uuid',
            code: `import { index, integer, pgTable, uuid } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: uuid().primaryKey() })

export const posts = pgTable(
  'posts',
  { id: uuid().primaryKey(), userId: integer('user_id').references(() => users.id) },
  (table) => [index().on(table.userId)],
)`,
          },
          {
            name: 'an integer that references a bigserial',
            code: `import { bigserial, index, integer, pgTable } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: bigserial({ mode: 'number' }).primaryKey() })

export const posts = pgTable(
  'posts',
  { id: integer().primaryKey(), userId: integer('user_id').references(() => users.id) },
  (table) => [index().on(table.userId)],
)`,
          },
        ],
        good: [
          {
            name: 'an integer that references a serial',
            code: `import { index, integer, pgTable, serial } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: serial().primaryKey() })

export const posts = pgTable(
  'posts',
  { id: serial().primaryKey(), userId: integer('user_id').references(() => users.id) },
  (table) => [index().on(table.userId)],
)`,
          },
        ],
      },
    },
    schema: [],
    messages: {
      refused:
        '{{column}} is {{type}} and references {{referenced}}, which is {{referencedType}}: {{database}} refuses such a foreign key. Give both the same type.',
      narrower:
        '{{column}} is {{type}} and references {{referenced}}, which is {{referencedType}}: writes fail as soon as an id does not fit. Make {{column}} {{referencedType}} too.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table, file) => {
      for (const key of table.foreignKeys) {
        const target = key.references === null ? undefined : file.table(key.references)
        if (target === undefined || target.dialect !== table.dialect) continue
        for (const [index, own] of key.columns.entries()) {
          const column = columnOf(table, own)
          const referenced = columnOf(target, key.referencedColumns[index] ?? null)
          if (column === undefined || referenced === undefined) continue
          const messageId = typeMismatch(table.dialect, column, referenced)
          if (messageId === null) continue
          context.report({
            node: key.node,
            messageId,
            data: {
              column: columnLabel(table, column.key),
              type: sqlType(column),
              referenced: columnLabel(target, referenced.key),
              referencedType: sqlType(referenced),
              database: coreOf(table.dialect).server,
            },
          })
        }
      }
    }),
}
