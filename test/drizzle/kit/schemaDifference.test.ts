import { describe, expect, test } from 'vitest'
import { ambiguitiesOf } from '../../../src/drizzle/kit/ambiguity.ts'
import {
  differencesBetween,
  isSameSchema,
  type SnapshotJson,
} from '../../../src/drizzle/kit/schemaDifference.ts'
import { withoutAbsent } from '../../../src/drizzle/kit/withoutAbsent.ts'

const column = (name: string, more: object = {}) => ({
  name,
  type: 'text',
  primaryKey: false,
  notNull: false,
  ...more,
})

/** A snapshot of PostgreSQL with one table. */
function snapshot(
  columns: readonly object[],
  more: SnapshotJson = {},
  table: object = {},
): SnapshotJson {
  return {
    id: 'one',
    prevId: 'none',
    version: '7',
    dialect: 'postgresql',
    tables: {
      'public.users': {
        name: 'users',
        schema: '',
        columns: Object.fromEntries(columns.map((one) => [(one as { name: string }).name, one])),
        indexes: {},
        ...table,
      },
    },
    enums: {},
    schemas: {},
    ...more,
  }
}

const words = (before: SnapshotJson, after: SnapshotJson) =>
  differencesBetween(before, after).map(({ text }) => text)

describe('differences are said as changes', () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ['type', { type: 'varchar(200)' }, 'users.a text → varchar(200)'],
    ['notNull', { notNull: true }, 'users.a now NOT NULL'],
    ['primaryKey', { primaryKey: true }, 'users.a now the primary key'],
    ['a default', { default: "'x'" }, `users.a default 'x' added`],
    ['a default of JSON', { default: { b: 1, a: 2 } }, 'users.a default {"a":2,"b":1} added'],
    ['what has no words of its own', { identity: { type: 'always' } }, 'users.a identity changed'],
    ['several', { type: 'int', notNull: true }, 'users.a text → int, now NOT NULL'],
  ]
  test.each(cases)('%s', (_name, change, text) => {
    expect(words(snapshot([column('a')]), snapshot([column('a', change)]))).toEqual([text])
  })

  test('back again', () => {
    const after = snapshot([column('a')])
    expect(
      words(snapshot([column('a', { notNull: true, default: 1, primaryKey: true })]), after),
    ).toEqual(['users.a no longer the primary key, no longer NOT NULL, default removed'])
  })

  test('columns and parts of a table', () => {
    const before = snapshot([column('a'), column('b')], {}, { indexes: { old: { name: 'old' } } })
    const after = snapshot(
      [column('a'), column('c')],
      {},
      { indexes: { young: { name: 'young' } }, isRLSEnabled: true },
    )
    expect(words(before, after)).toEqual([
      'users.c added',
      'users.b removed',
      'index young added on users',
      'index old removed',
      'table users row level security enabled',
    ])
  })

  test('tables, enums and schemas; names of another schema are whole', () => {
    const after = snapshot([], {
      tables: { 'auth.users': { name: 'users', schema: 'auth', columns: {} } },
      enums: { 'public.role': { name: 'role', schema: 'public', values: ['a', 'b'] } },
      schemas: { auth: 'auth' },
    })
    expect(words(snapshot([]), after)).toEqual([
      'schema auth added',
      'enum role added',
      'table auth.users added',
      'table users removed',
    ])
  })

  test('values of an enum', () => {
    const of = (values: string[]) =>
      snapshot([], { enums: { 'public.role': { name: 'role', schema: 'public', values } } })
    expect(words(of(['a']), of(['a', 'b']))).toEqual(['enum role values a → a, b'])
  })

  test('the order of keys and who made a snapshot are no difference', () => {
    const before = snapshot([column('a'), column('b')])
    const after = {
      ...snapshot([column('b'), column('a')]),
      id: 'two',
      prevId: 'one',
      _meta: { tables: {} },
    }
    expect(isSameSchema(before, after)).toBe(true)
    expect(words(before, after)).toEqual([])
    expect(isSameSchema(before, snapshot([column('a')]))).toBe(false)
  })
})

describe('drizzle-kit would ask', () => {
  const asked = (before: SnapshotJson, after: SnapshotJson) =>
    ambiguitiesOf(differencesBetween(before, after))

  test('where a column of one table went and one came', () => {
    expect(
      asked(
        snapshot([column('a'), column('b')]),
        snapshot([column('a'), column('c'), column('d')]),
      ),
    ).toEqual([
      { kind: 'column', table: 'users', gone: ['users.b'], appeared: ['users.c', 'users.d'] },
    ])
  })

  test('not where they are of two tables', () => {
    const tables = (a: object, b: object): SnapshotJson => ({
      tables: {
        'public.a': { name: 'a', schema: '', columns: a },
        'public.b': { name: 'b', schema: '', columns: b },
      },
    })
    expect(asked(tables({ x: column('x') }, {}), tables({}, { y: column('y') }))).toEqual([])
  })

  test('not about indexes and constraints', () => {
    const before = snapshot([], {}, { indexes: { old: { name: 'old' } } })
    expect(asked(before, snapshot([], {}, { indexes: { young: { name: 'young' } } }))).toEqual([])
  })
})

describe('the halfway house between two snapshots', () => {
  const before = snapshot([column('a'), column('b')], {
    enums: { 'public.role': { name: 'role' } },
    schemas: { auth: 'auth' },
  })
  const after = snapshot([column('a', { type: 'int' }), column('c')])

  test('has what both have, as the first has it', () => {
    const halfway = withoutAbsent(before, after)
    expect(halfway).toEqual(snapshot([column('a')]))
    expect(ambiguitiesOf(differencesBetween(before, halfway))).toEqual([])
    expect(ambiguitiesOf(differencesBetween(halfway, after))).toEqual([])
  })

  test('has nothing where nothing is common, not even inherited names', () => {
    expect(
      withoutAbsent(
        { tables: { toString: { columns: {} } }, enums: {} },
        { tables: {}, enums: {} },
      ),
    ).toEqual({ tables: {}, enums: {} })
  })
})
