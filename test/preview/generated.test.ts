import { join } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { sql } from 'drizzle-orm'
import * as p from 'drizzle-orm/pg-core'
import { Linter } from 'eslint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schemaRules } from '../../rules/schema/index.ts'
import { journalFolder, writeFiles } from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'

// Every shape here is read as text and run with drizzle-orm; drizzle-kit writes its migration. So the
// schema is migrated to the last word, and there is nothing to say.
const COLUMNS: Readonly<Record<string, string>> = {
  'a key that is unique too': `{ id: p.serial().primaryKey().unique() }`,
  'one that is unique under a name': `{ id: p.serial().primaryKey().unique('own') }`,
  'two references from one column, of which the last counts': `{ id: p.integer().references(() => users.id).references(() => users.id, { onDelete: 'cascade' }) }`,
  'what stands before .array()': `{ id: p.json().notNull().array(), b: p.text().default('a').array(), c: p.integer().array().notNull() }`,
  'null as JSON': `{ a: p.jsonb().default(null), b: p.json().default(null), c: p.text().default(null) }`,
  'JSON of other kinds': `{ a: p.jsonb().default({ a: "it's" }), b: p.json().default([]), c: p.jsonb().default('text'), d: p.jsonb().default(1), e: p.jsonb().default(true) }`,
  numbers: `{ a: p.integer().default(-1), b: p.bigint({ mode: 'bigint' }).default(sql\`0\`), c: p.numeric({ precision: 5 }).default('1.50'), d: p.real().default(1.5), e: p.doublePrecision().default(0), f: p.smallint().notNull().default(0), g: p.bigint({ mode: 'number' }), h: p.decimal({ precision: 12, scale: 4 }), i: p.numeric({ scale: 2 }) }`,
  counters: `{ a: p.serial(), b: p.bigserial({ mode: 'number' }).notNull(), c: p.smallserial().unique(), d: p.integer().generatedAlwaysAsIdentity(), e: p.bigint({ mode: 'number' }).generatedByDefaultAsIdentity({ startWith: 10 }) }`,
  texts: `{ a: p.text().default("it's"), b: p.varchar(), c: p.varchar({ length: 5 }).default('a'), d: p.char(), e: p.char({ length: 3 }), f: p.text({ enum: ['a', 'b'] }).default('a'), g: p.varchar({ enum: ['a'] }), h: p.uuid().defaultRandom(), i: p.uuid().default(sql\`gen_random_uuid()\`) }`,
  times: `{ a: p.timestamp().defaultNow(), b: p.timestamp({ withTimezone: true, precision: 3, mode: 'string' }).default(sql\`CURRENT_TIMESTAMP\`), c: p.date().defaultNow(), d: p.time({ withTimezone: true }), e: p.interval({ fields: 'day' }), f: p.timestamp().default(new Date(0)).notNull(), g: p.date().default('2024-01-01'), h: p.timestamp().$onUpdate(() => new Date()), i: p.interval() }`,
  flags: `{ a: p.boolean().default(false).notNull(), b: p.boolean().default(sql\`true\`) }`,
  arrays: `{ a: p.text().array(), b: p.integer().array(3).default([1, 2]), c: p.text().array().array(), d: p.text().array().notNull().default(sql\`'{}'::text[]\`), e: mood().array(), f: p.varchar({ length: 3 }).array().default(['a']), g: p.jsonb().array().default([]) }`,
  enums: `{ a: mood(), b: mood('other').default('good').notNull(), c: place().default('in') }`,
  'rare types': `{ a: p.inet(), b: p.cidr(), c: p.macaddr8(), d: p.point({ mode: 'xy' }), e: p.line(), f: p.bit({ dimensions: 3 }), g: p.vector({ dimensions: 3 }), h: own(), i: p.geometry({ type: 'point', mode: 'xy', srid: 4326 }), j: p.sparsevec({ dimensions: 3 }), k: p.halfvec({ dimensions: 3 }) }`,
  generated: `{ a: p.integer(), b: p.integer().generatedAlwaysAs(sql\`a * 2\`), c: p.text().generatedAlwaysAs(() => sql\`'x'\`) }`,
  'names in camel case': `{ createdAt: p.timestamp(), userID2: p.integer('userID2') }`,
  'unique with nulls': `{ a: p.integer().unique('u_nulls', { nulls: 'not distinct' }), b: p.text().unique() }`,
}

const EXTRAS: Readonly<Record<string, string>> = {
  'a composite key that is unique too': `[p.primaryKey({ columns: [t.a, t.b] }), p.unique().on(t.a, t.b)]`,
  'a unique index beside a unique constraint': `[p.unique().on(t.a), p.uniqueIndex('ui').on(t.a)]`,
  'two indexes on one column': `[p.index().on(t.a), p.index('other').on(t.a), p.uniqueIndex('uniq').on(t.b), p.index('hash').using('hash', t.b)]`,
  'indexes of all kinds': `[p.index('d').on(t.a.desc().nullsLast(), t.b), p.index('e').on(sql\`lower(\${t.c})\`), p.uniqueIndex('w').on(t.c).where(sql\`\${t.a} is not null\`), p.index('g').using('gin', sql\`to_tsvector('english', \${t.c})\`), p.index('op').on(t.c.op('text_pattern_ops')), p.index('f').on(t.a).with({ fillfactor: 70 })]`,
  'checks and a policy': `[p.check('c', sql\`\${t.a} > 0\`), p.pgPolicy('pol', { for: 'select' })]`,
  'foreign keys': `[p.foreignKey({ columns: [t.a], foreignColumns: [users.id] }).onDelete('cascade'), p.foreignKey({ columns: [t.b], foreignColumns: [users.id], name: 'own_fk' }), p.foreignKey({ columns: [t.a, t.b], foreignColumns: [pairs.x, pairs.y] })]`,
  'a foreign key that is declared twice': `[p.foreignKey({ columns: [t.a], foreignColumns: [users.id] }), p.foreignKey({ columns: [t.a], foreignColumns: [users.id] }).onUpdate('cascade')]`,
  'constraints that allow one null': `[p.unique('nn').on(t.a, t.b).nullsNotDistinct()]`,
  'an object of parts': `({ one: p.index('one').on(t.a), two: p.unique('two').on(t.b) })`,
}

const tables = [
  ...Object.entries(COLUMNS).map(([name, columns], i) => [name, `p.pgTable('c${i}', ${columns})`]),
  ...Object.entries(EXTRAS).map(([name, extras], i) => [
    name,
    `p.pgTable('e${i}', { a: p.integer(), b: p.integer(), c: p.text() }, (t) => ${extras})`,
  ]),
  [
    'in a schema',
    `auth.table('users', { id: p.serial().primaryKey(), boss: p.integer().references(() => users.id) })`,
  ],
  ['with row level security', `p.pgTable('secret', { id: p.serial() }).enableRLS()`],
  ['by a creator', `create('prefixed', { id: p.serial().primaryKey(), code: p.text().unique() })`],
  [
    'that references itself',
    `p.pgTable('tree', { id: p.serial().primaryKey(), parent: p.integer().references((): any => users.id) })`,
  ],
].map(([name, text], i) => ({ name: name!, text: text!, variable: `t${i}` }))

const HEAD = `
  const mood = p.pgEnum('mood', ['good', 'bad'])
  const auth = p.pgSchema('auth')
  const place = auth.enum('place', ['in', 'out'])
  const own = p.customType({ dataType: () => 'citext' })
  const create = p.pgTableCreator((name) => \`shop_\${name}\`)
  const users = p.pgTable('users', { id: p.serial().primaryKey() })
  const pairs = p.pgTable('pairs', { x: p.integer(), y: p.integer() }, (t) => [p.primaryKey({ columns: [t.x, t.y] })])
`
const NAMES = ['mood', 'auth', 'place', 'users', 'pairs', ...tables.map(({ variable }) => variable)]
const BODY = `${HEAD}${tables.map(({ variable, text }) => `  const ${variable} = ${text}\n`).join('')}`
const SCHEMA = `import { sql } from 'drizzle-orm'\nimport * as p from 'drizzle-orm/pg-core'\n${BODY}export { ${NAMES.join(', ')} }\n`

let folder: string
beforeAll(async () => {
  const run = new Function(
    'p',
    'sql',
    `${BODY.replaceAll('(): any', '()')}\nreturn { ${NAMES.join(', ')} }`,
  )
  const snapshot = generateDrizzleJson(run(p, sql) as Record<string, unknown>)
  const statements = await generateMigration(generateDrizzleJson({}), snapshot)
  folder = createFolder()
  writeFiles(folder, {
    'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' }`,
    ...journalFolder({ '0000_all': statements.join('\n--> statement-breakpoint\n') }),
    'drizzle/meta/0000_snapshot.json': JSON.stringify(snapshot),
  })
})
afterAll(() => openRepository(folder).remove())

describe('of what drizzle-kit has migrated', () => {
  test.each(['unsafe-schema-change', 'no-unmigrated-change'])('%s has nothing to say', (rule) => {
    const config = {
      files: ['**'],
      plugins: { own: { rules: schemaRules } },
      rules: { [`own/${rule}`]: 'error' } as Linter.RulesRecord,
      languageOptions: { parser },
    }
    const found = new Linter({ cwd: folder }).verify(SCHEMA, [config], {
      filename: join(folder, 'schema.ts'),
    })
    const lines = SCHEMA.split('\n')
    const shown = found.map(({ line, message }) => {
      const table = tables.find(({ variable }) => lines[line - 1]?.includes(`const ${variable} =`))
      return `${table?.name}: ${message}`
    })
    expect(shown).toEqual([])
  })
})
