// What the rules cost on a schema of 5,000 lines, on top of parsing: node bench/start.mjs schemaSpeed [file]
import { readFileSync } from 'node:fs'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { schemaRules } from '../rules/schema/index.ts'

const [file] = process.argv.slice(2)
const text = file === undefined ? generated(500) : readFileSync(file, 'utf8')
const ours = (names: readonly string[]): Linter.Config => ({
  plugins: { own: { rules: { ...schemaRules } } },
  rules: Object.fromEntries(names.map((name) => [`own/${name}`, 'warn'])),
})
const recommended = Object.entries(schemaRules).flatMap(([name, { meta }]) =>
  meta.docs.recommended === true ? [name] : [],
)
const cases: Record<string, Linter.Config[]> = {
  'parsing alone': [],
  'with our recommended rules': [ours(recommended)],
  'with all our rules': [ours(Object.keys(schemaRules))],
  "with typescript-eslint's recommended rules": tseslint.configs.recommended as Linter.Config[],
}
console.log(`${text.split('\n').length} lines, median of 15 runs`)
for (const [name, configs] of Object.entries(cases)) {
  const times = Array.from({ length: 16 }, () => time(configs))
    .slice(1)
    .sort((a, b) => a - b)
  console.log(`| ${name} | ${times[7]?.toFixed(0)} ms |`)
}

function time(configs: readonly Linter.Config[]): number {
  const linter = new Linter()
  const start = process.cpuUsage()
  linter.verify(
    text,
    [
      { files: ['**'], languageOptions: { parser } },
      ...configs.map((config) => ({ ...config, files: ['**'] })),
    ],
    'schema.ts',
  )
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** Ten lines to a table, as real schemas have them. */
function generated(tables: number): string {
  const table = (n: number) => `
export const table${n} = pgTable('table_${n}s', {
  id: uuid('id').defaultRandom().primaryKey(),
  name: text('name').notNull(),
  parentId: uuid('parent_id').notNull().references(() => table${Math.max(0, n - 1)}.id, { onDelete: 'cascade' }),
  data: jsonb('data').$type<Record<string, unknown>>().default({}),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
}, (table) => [
  index('table_${n}s_parent_id_idx').on(table.parentId),
  uniqueIndex('table_${n}s_name_idx').on(table.name, table.parentId),
])`
  return `import { index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'\n${Array.from({ length: tables }, (_, n) => table(n)).join('\n')}\n`
}
