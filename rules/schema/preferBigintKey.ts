import { columnLabel } from '../../src/schema/model.ts'
import { sqlType } from '../../src/schema/keyTypes.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import { isMigrated } from '../../src/preview/migrated.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

/** Whole numbers with fewer than eight bytes. */
const SMALL = new Set(['int2', 'int4', 'tinyint', 'smallint', 'mediumint', 'int'])

export const preferBigintKey: SchemaRule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require counted primary keys that do not run out of numbers',
      url: ruleUrl('prefer-bigint-key'),
      recommended: false,
      why: `An \`integer\` key ends at 2,147,483,647, and rolled back inserts and upserts use numbers up too. When it is reached every insert fails. Changing the type then rewrites the table and every table that references it, under a lock that stops all traffic.`,
      instead: `\`bigint({ mode: 'number' }).generatedAlwaysAsIdentity()\` or \`bigserial({ mode: 'number' })\`, and \`bigint\` for the columns that reference it. In JavaScript \`mode: 'number'\` is exact up to 2^53.`,
      examples: {
        bad: [
          {
            name: 'serial',
            code: `import { pgTable, serial } from 'drizzle-orm/pg-core'

export const events = pgTable('events', { id: serial().primaryKey() })`,
          },
        ],
        good: [
          {
            name: 'bigint',
            code: `import { bigint, pgTable } from 'drizzle-orm/pg-core'

export const events = pgTable('events', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
})`,
          },
        ],
      },
    },
    schema: [],
    messages: {
      small:
        '{{column}} is counted up in {{type}}: when the numbers run out every insert fails. Use bigint.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table) => {
      for (const key of table.keys.filter(({ kind }) => kind === 'primary key')) {
        for (const column of table.columns.filter((one) => key.columns.includes(one.key))) {
          const identity = column.methods.some(({ name }) =>
            /AsIdentity$|^autoincrement$/.test(name),
          )
          const counted = column.serial || identity
          if (!counted || !SMALL.has(column.type?.name ?? '')) continue
          if (isMigrated(context, table, column)) continue
          context.report({
            node: column.node,
            messageId: 'small',
            data: { column: columnLabel(table, column.key), type: sqlType(column) },
          })
        }
      }
    }),
}
