import { describe, expect, test } from 'vitest'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import { differencesFrom } from '../../../src/check/snapshots/differences.ts'
import { readEmitted } from '../../verify/trace/shared.ts'
import { generator } from '../kits.ts'
import { deployed, engine } from './judged.ts'

const kits = {
  '0.31.11': generator('0.31.11', 'mysql'),
  '1.0.0-rc.5': generator('1.0.0-rc.5', 'mysql'),
}

/** Everything that a schema file for MySQL can say. */
const ALL = `
export const parents = mysqlTable('parents', {
  id: int('id').primaryKey().autoincrement(),
  code: varchar('code', { length: 20 }).notNull().unique(),
  kind: mysqlEnum('kind', ['a', "it's"]).default('a'),
})
const bit = customType({ dataType: () => 'bit(1)' })
const exact = customType({ dataType: () => 'varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin' })
const moment = customType({ dataType: () => 'datetime(3) ON UPDATE CURRENT_TIMESTAMP(3)' })
export const things = mysqlTable('Things', {
  a: varchar('a', { length: 50 }).notNull(),
  b: boolean('b').notNull().default(false),
  c: bigint('c', { mode: 'number', unsigned: true }).default(5),
  d: timestamp('d').defaultNow().onUpdateNow().notNull(),
  d3: timestamp('d3', { fsp: 3 }).default(sql\`CURRENT_TIMESTAMP(3)\`),
  e: datetime('e').default(sql\`CURRENT_TIMESTAMP\`),
  e2: datetime('e2').default(new Date(0)),
  f: json('f').default({ x: 1 }),
  g: text('g').default('x'),
  h: decimal('h', { precision: 10, scale: 2, unsigned: true }).default('1.5'),
  h2: decimal('h2'),
  i: varchar('i', { length: 20 }).default("it's"),
  j: varchar('j', { length: 60 }).generatedAlwaysAs(sql\`lower(A)\`, { mode: 'stored' }),
  j2: varchar('j2', { length: 60 }).generatedAlwaysAs(sql\`upper(a)\`),
  k: bit('k'),
  k2: exact('k2'),
  k3: moment('k3'),
  k4: timestamp('k4'),
  l: double('l').default(1.5),
  l2: double('l2', { precision: 8, scale: 2 }),
  m: float('m'),
  n: real('n'),
  o: tinyint('o', { unsigned: true }),
  p: smallint('p'),
  q: mediumint('q'),
  r: varbinary('r', { length: 16 }),
  r2: binary('r2', { length: 16 }),
  s: char('s', { length: 36 }).default(sql\`(uuid())\`),
  t: date('t'),
  u: time('u', { fsp: 3 }),
  v: year('v'),
  w: int('w').default(-1),
  x: serial('x'),
  parent: int('parent').references(() => parents.id, { onDelete: 'cascade', onUpdate: 'set null' }),
  other: int('other'),
}, (t) => [
  primaryKey({ columns: [t.a, t.b] }),
  unique('things_c_d').on(t.c, t.d),
  unique().on(t.e),
  index('things_lower').on(sql\`(lower(\${t.a}))\`),
  uniqueIndex('things_some').on(t.a, sql\`(upper(\${t.i}))\`),
  index('things_plain').on(t.c, t.parent),
  index('things_serves').on(t.other, t.c),
  check('things_c', sql\`\${t.c} > 0 OR \${t.a} <> 'x'\`),
  foreignKey({ columns: [t.other], foreignColumns: [parents.id], name: 'named' }),
])
export const texts = mysqlTable('texts', { id: varchar('id', { length: 30 }).primaryKey(), n: int('n') })
export const seen = mysqlView('seen').as((qb) => qb.select({ id: texts.id }).from(texts))
`
const EMPTY = 'export const none = 1'

function read(snapshot: unknown) {
  const found = engine.snapshots().read(snapshot)
  if (found === null) throw new Error('a snapshot of drizzle-kit could not be read')
  expect(found.unread.size).toBe(0)
  return found
}

function told(actual: Catalog, snapshot: unknown): readonly string[] {
  return [...differencesFrom(actual, read(snapshot), null)].map(
    ([key, { changes }]) => `${key}: ${changes.map(({ kind }) => kind).join()}`,
  )
}

/** The tables of a catalog without when they were made, each kind of part in the order of its names. */
function tablesOf({ tables }: Catalog) {
  const byName = <T extends { readonly name: string }>(list: readonly T[]) =>
    [...list].sort((a, b) => (a.name < b.name ? -1 : 1))
  const named = [...tables.values()].map((table) => ({
    ...table,
    constraints: byName(table.constraints),
    indexes: byName(table.indexes),
  }))
  const text = JSON.stringify(byName(named), (key, value: unknown) =>
    key === 'createdIn' ? undefined : value,
  )
  return JSON.parse(text) as unknown
}

describe.each(Object.entries(kits))('drizzle-kit %s', (_, kit) => {
  test('writes a snapshot of what its SQL leads to', async () => {
    const before = await kit.snapshot(EMPTY)
    const after = await kit.snapshot(ALL, before.id)
    const actual = deployed(await kit.statements(before, after))
    expect(actual.tables.size).toBe(3)
    expect(tablesOf(actual)).toEqual(tablesOf(read(after).catalog))
    expect(told(actual, after)).toEqual([])
  })

  test.each<[string, string, string, string]>([
    ['a default', '.default(false)', '.default(true)', 'column b: SetDefault'],
    ['a number as default', '.default(5)', '.default(6)', 'column c: SetDefault'],
    ['a type', "smallint('p')", "int('p')", 'column p: AlterColumnType'],
    ['a length', "'i', { length: 20 }", "'i', { length: 30 }", 'column i: AlterColumnType'],
    ['unsigned', "tinyint('o', { unsigned: true })", "tinyint('o')", 'column o: AlterColumnType'],
    ['labels', `['a', "it's"]`, `['a', 'b']`, 'column kind: AlterColumnType'],
    [
      'a collation',
      'COLLATE utf8mb4_bin',
      'COLLATE utf8mb4_german2_ci',
      'column k2: AlterColumnType',
    ],
    ['AUTO_INCREMENT', '.autoincrement()', '', 'column id: AlterColumnAttributes'],
    ['ON UPDATE', '.onUpdateNow()', '', 'column d: AlterColumnAttributes'],
    ['NOT NULL', "year('v')", "year('v').notNull()", 'column v: SetNotNull'],
    ['a column', "n: int('n')", "n: int('n'), m: int('m')", 'column m: AddColumn'],
    ['a check', "<> 'x'", "<> 'y'", 'constraint things_c: DropConstraint,AddCheck'],
    ['an index', '(t.c, t.parent)', '(t.c, t.p)', 'index things_plain: DropIndex,CreateIndex'],
    ['a unique constraint', '(t.c, t.d)', '(t.c, t.e)', 'index things_c_d: DropIndex,CreateIndex'],
    ['a primary key', '[t.a, t.b]', '[t.a, t.b, t.w]', 'primary key: DropConstraint,AddPrimaryKey'],
    ['what a key does', "'cascade'", "'restrict'", 'AlterForeignKey'],
    ['a view', "mysqlView('seen')", "mysqlView('shown')", 'view .shown: CreateView'],
  ])('is not taken for the same with %s changed', async (__, from, to, expected) => {
    const before = await kit.snapshot(EMPTY)
    const after = await kit.snapshot(ALL, before.id)
    const changed = await kit.snapshot(ALL.replace(from, to), before.id)
    const found = told(deployed(await kit.statements(before, after)), changed)
    const lines = found.map((line) => line.replaceAll('\0', '.'))
    expect(lines).toEqual(expect.arrayContaining([expect.stringContaining(expected)]))
    expect(found.length).toBeLessThanOrEqual(2)
  })
})

const rows = readEmitted().filter(({ dialect, sql }) => dialect === 'mysql' && sql !== null)

describe('what drizzle-kit 0.31 was seen to emit leads to its snapshot', () => {
  const kit = kits['0.31.11']
  test.for(rows)('$change', async ({ before_ts, after_ts, before_sql, sql }) => {
    const before = await kit.snapshot(before_ts)
    const after = await kit.snapshot(after_ts, before.id)
    const BREAKPOINT = '--> statement-breakpoint'
    const statements = [before_sql, sql ?? ''].flatMap((text) => text.split(BREAKPOINT))
    expect(told(deployed(statements.filter((text) => text.trim() !== '')), after)).toEqual([])
  })
})

describe.each(Object.entries(kits))('each change that drizzle-kit %s makes', (_, kit) => {
  // A rename is asked for.
  const unasked = rows.filter(({ change }) => change !== 'table.rename')
  test.for(unasked)('$change', async ({ before_ts, after_ts }) => {
    const empty = await kit.snapshot(EMPTY)
    const before = await kit.snapshot(before_ts, empty.id)
    const after = await kit.snapshot(after_ts, before.id)
    const first = await kit.statements(empty, before)
    const second = await kit.statements(before, after)
    expect(second).not.toEqual([])
    expect(told(deployed(first), before)).toEqual([])
    expect(told(deployed([...first, ...second]), after)).toEqual([])
  })
})

describe('SQL by hand', () => {
  const SCHEMA = `
export const parents = mysqlTable('parents', { id: int('id').primaryKey(), name: varchar('name', { length: 50 }) })
export const posts = mysqlTable('posts', {
  id: int('id').primaryKey().autoincrement(),
  title: varchar('title', { length: 200 }).notNull(),
  body: text('body'),
  seen: boolean('seen').default(false),
  at: timestamp('at').defaultNow(),
  parent: int('parent').references(() => parents.id),
}, (t) => [index('posts_body').on(t.body)])
`
  test.each<[string, string]>([
    [
      'in other words',
      `CREATE TABLE parents (id INTEGER NOT NULL, name VARCHAR(50), PRIMARY KEY (id));
CREATE TABLE posts (id INT(11) AUTO_INCREMENT PRIMARY KEY, title VARCHAR(200) NOT NULL, body TEXT, seen TINYINT(1) DEFAULT 0,
  at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP, parent INT, FOREIGN KEY (parent) REFERENCES parents (id), FULLTEXT INDEX posts_body (body));`,
    ],
    [
      'in other letters, with a character set and a comment',
      `CREATE TABLE Parents (ID int PRIMARY KEY, Name varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin) DEFAULT CHARSET=utf8mb4;
CREATE TABLE posts (id int AUTO_INCREMENT PRIMARY KEY COMMENT 'key', Title varchar(200) NOT NULL, body text, seen bool DEFAULT false,
  at timestamp DEFAULT now(), parent int, INDEX by_parent (parent), INDEX posts_body (body(20)), INDEX first (title(10)),
  CONSTRAINT p FOREIGN KEY (parent) REFERENCES parents (id)) ENGINE=InnoDB COLLATE=utf8mb4_unicode_ci;`,
    ],
  ])('%s is what the snapshot says', async (__, sql) => {
    const found = told(deployed([sql]), await kits['0.31.11'].snapshot(SCHEMA))
    expect(found).toEqual([])
  })
})

test('the index of a column that is SERIAL is not asked for', async () => {
  const schema = `export const posts = mysqlTable('posts', { id: serial('id').primaryKey() })`
  const snapshot = await kits['0.31.11'].snapshot(schema)
  const plain = 'CREATE TABLE posts (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY)'
  const retyped = [
    'CREATE TABLE posts (id int AUTO_INCREMENT PRIMARY KEY)',
    'ALTER TABLE posts MODIFY COLUMN id serial AUTO_INCREMENT NOT NULL',
  ]
  expect(told(deployed([plain]), snapshot)).toEqual([])
  expect(told(deployed(retyped), snapshot)).toEqual([])
  // MODIFY COLUMN leaves it behind.
  const serial = [
    'CREATE TABLE posts (id serial PRIMARY KEY)',
    'ALTER TABLE posts MODIFY COLUMN id bigint unsigned AUTO_INCREMENT NOT NULL',
  ]
  const number = `bigint('id', { mode: 'number', unsigned: true }).autoincrement().primaryKey()`
  const now = await kits['0.31.11'].snapshot(schema.replace("serial('id').primaryKey()", number))
  expect(told(deployed(serial), now)).toEqual([])
})

test('an index that no schema can declare stands beside one that it does', async () => {
  const schema = `export const posts = mysqlTable('posts', { title: varchar('title', { length: 99 }) }, (t) => [index('a').on(t.title)])`
  const sql =
    'CREATE TABLE posts (title varchar(99), INDEX a (title), FULLTEXT INDEX b (title), INDEX c (title(9)))'
  const snapshot = await kits['0.31.11'].snapshot(schema)
  expect(told(deployed([sql]), snapshot)).toEqual([])
  expect(told(deployed([sql.replace('INDEX a (title), ', '')]), snapshot)).toEqual([])
  const without = sql.replace(/, INDEX a.*/, ')')
  expect(told(deployed([without]), snapshot)).toEqual([expect.stringContaining('CreateIndex')])
})

test('a type or default that is none is said to be unread, as is an index that cannot be read', () => {
  const column = (name: string, type: string) => ({ name, type, notNull: false })
  // drizzle-kit 1.0 puts parentheses around it, which somebody has to take away in the SQL.
  const moment = { ...column('c', 'timestamp'), default: '(now() ON UPDATE now())' }
  const found = engine.snapshots().read({
    version: '5',
    dialect: 'mysql',
    tables: {
      t: {
        name: 't',
        columns: { a: column('a', 'int'), b: column('b', 'no) type'), c: moment },
        indexes: { i: { name: 'i', columns: ['lower(('], isUnique: false } },
      },
    },
    internal: { indexes: { i: { columns: { 'lower((': { isExpression: true } } } } },
  })
  const unread = [...(found?.unread ?? [])].map((key) => key.replaceAll('\0', '.'))
  expect(unread.sort()).toEqual(['table .t column b', 'table .t column c', 'table .t index i'])
})

test('a snapshot of another version or dialect is not read', () => {
  const reader = engine.snapshots()
  expect(reader.read({ version: '4', dialect: 'mysql', tables: {} })).toBeNull()
  expect(reader.read({ version: '5', dialect: 'singlestore', tables: {} })).toBeNull()
  expect(reader.read({ version: '6', dialect: 'mysql', tables: {} })).toBeNull()
})
