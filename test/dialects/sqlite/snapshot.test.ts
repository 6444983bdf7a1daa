import { describe, expect, test } from 'vitest'
import { differencesFrom } from '../../../src/check/snapshots/differences.ts'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import { readEmitted } from '../../verify/trace/shared.ts'
import { generator } from '../kits.ts'
import { deployed, engine } from './judged.ts'

const kits = {
  '0.31.11': generator('0.31.11', 'sqlite'),
  '1.0.0-rc.5': generator('1.0.0-rc.5', 'sqlite'),
}

/** Everything that a schema file for SQLite can say. */
const ALL = `
export const parents = sqliteTable('parents', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  code: text('code', { length: 20 }).notNull().unique(),
  kind: text('kind', { enum: ['a', 'b'] }).default('a'),
})
const upper = customType({ dataType: () => 'text collate nocase' })
export const things = sqliteTable('things', {
  a: text('a').notNull(),
  b: integer('b', { mode: 'boolean' }).notNull().default(false),
  c: real('c').default(-1.5),
  d: integer('d', { mode: 'timestamp' }).default(sql\`(unixepoch())\`),
  e: text('e').default(sql\`CURRENT_TIMESTAMP\`),
  f: text('f', { mode: 'json' }).default({ x: 1 }),
  g: blob('g'),
  h: numeric('h').default('10'),
  i: text('i').default("it's"),
  j: text('j').generatedAlwaysAs(sql\`lower(a)\`, { mode: 'stored' }),
  k: upper('k'),
  parent: integer('parent').references(() => parents.id, { onDelete: 'cascade', onUpdate: 'set null' }),
}, (t) => [
  primaryKey({ columns: [t.a, t.b] }),
  unique('things_c_d').on(t.c, t.d),
  unique().on(t.e),
  index('things_lower').on(sql\`lower(\${t.a})\`),
  uniqueIndex('things_some').on(t.a).where(sql\`\${t.b} = 1\`),
  check('things_c', sql\`\${t.c} > 0 OR \${t.a} <> 'x'\`),
  foreignKey({ columns: [t.a], foreignColumns: [parents.code], name: 'named' }),
])
export const texts = sqliteTable('texts', { id: text('id').primaryKey(), n: int('n') })
export const seen = sqliteView('seen').as((qb) => qb.select({ id: texts.id }).from(texts))
`
const EMPTY = 'export const none = 1'

function told(actual: Catalog, snapshot: unknown): readonly string[] {
  const read = engine.snapshots().read(snapshot)
  if (read === null) throw new Error('a snapshot of drizzle-kit could not be read')
  expect(read.unread.size).toBe(0)
  return [...differencesFrom(actual, read, null)].map(
    ([key, { changes }]) => `${key}: ${changes.map(({ kind }) => kind).join()}`,
  )
}

describe.each(Object.entries(kits))('drizzle-kit %s', (_, kit) => {
  test('writes a snapshot of what its SQL leads to', async () => {
    const before = await kit.snapshot(EMPTY)
    const after = await kit.snapshot(ALL, before.id)
    expect(told(deployed(await kit.statements(before, after)), after)).toEqual([])
  })

  test.each<[string, string, string, string]>([
    ['a default', '.default(false)', '.default(true)', 'column b: SetDefault'],
    ['a type', "real('c')", "integer('c')", 'column c: AlterColumnType'],
    ['NOT NULL', "blob('g')", "blob('g').notNull()", 'column g: SetNotNull'],
    ['a column', "n: int('n')", "n: int('n'), m: int('m')", 'column m: AddColumn'],
    ['a check', "'x'", "'y'", 'constraint things_c: DropConstraint,AddCheck'],
    ['an index', '= 1', '= 0', 'index things_some: DropIndex,CreateIndex'],
    ['what a key does', "'cascade'", "'set null'", 'AlterForeignKey'],
    ['AUTOINCREMENT', '{ autoIncrement: true }', '', 'column id: AlterColumnAttributes'],
    [
      'what is stored',
      "{ mode: 'stored' }",
      "{ mode: 'virtual' }",
      'column j: DropColumn,AddColumn',
    ],
    ['a view', "sqliteView('seen')", "sqliteView('shown')", 'view .shown: CreateView'],
  ])('is not taken for the same with %s changed', async (__, from, to, expected) => {
    const before = await kit.snapshot(EMPTY)
    const after = await kit.snapshot(ALL, before.id)
    const changed = await kit.snapshot(ALL.replace(from, to), before.id)
    const found = told(deployed(await kit.statements(before, after)), changed)
    expect(found.some((line) => line.replaceAll('\0', '.').includes(expected))).toBe(true)
    expect(found.length).toBeLessThanOrEqual(2)
  })
})

test('SQL by hand in other letters is what the snapshot says', async () => {
  const schema = `export const users = sqliteTable('users', { id: integer('id').primaryKey(), name: text('name') }, (t) => [index('by_name').on(t.name)])`
  const sql = [
    'CREATE TABLE Users (ID integer PRIMARY KEY, Name text)',
    'CREATE INDEX By_Name ON USERS (NAME)',
  ]
  expect(told(deployed(sql), await kits['0.31.11'].snapshot(schema))).toEqual([])
})

describe('what drizzle-kit 0.31 emits leads to its snapshot', () => {
  const kit = kits['0.31.11']
  const rows = readEmitted().filter(({ dialect, sql }) => dialect === 'sqlite' && sql !== null)
  test.for(rows)('$change', async ({ before_ts, after_ts, before_sql, sql }) => {
    const before = await kit.snapshot(before_ts)
    const after = await kit.snapshot(after_ts, before.id)
    const BREAKPOINT = '--> statement-breakpoint'
    const statements = [before_sql, sql ?? ''].flatMap((text) => text.split(BREAKPOINT))
    expect(told(deployed(statements.filter((text) => text.trim() !== '')), after)).toEqual([])
  })
})

test('a text collation is a part of the type, and a type that is none is said to be unread', () => {
  const columns = {
    a: { name: 'a', type: 'text COLLATE NOCASE', notNull: false },
    b: { name: 'b', type: 'no) type', notNull: false },
  }
  const read = engine.snapshots().read({
    version: '6',
    dialect: 'sqlite',
    tables: { t: { name: 't', columns } },
  })
  const [table] = [...(read?.catalog.tables.values() ?? [])]
  expect(table?.columns[0]?.type).toMatchObject({ name: 'text', collation: 'nocase' })
  expect([...(read?.unread ?? [])].map((key) => key.replaceAll('\0', '.'))).toEqual([
    'table .t column b',
  ])
})
