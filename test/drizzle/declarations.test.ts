import { describe, expect, test } from 'vitest'
import { declarationsIn } from '../../src/drizzle/declarations.ts'

async function found(source: string, path = 'schema.ts'): Promise<string[]> {
  const all = await declarationsIn(source, path)
  return all.map(
    ({ kind, name, isExported, range }) =>
      `${kind} ${name}${isExported ? '' : ' (hidden)'} ${source.slice(range.start, range.end)}`,
  )
}

describe('what a schema file declares', () => {
  test.each([
    ['a table', `export const users = pgTable('users', {})`, ['table users users']],
    [
      'of a schema',
      `const auth = pgSchema('auth')\nexport const users = auth.table('users', {})`,
      ['schema auth (hidden) auth', 'table users users'],
    ],
    [
      'with calls behind it',
      `export const users = pgTable('users', {}).enableRLS()`,
      ['table users users'],
    ],
    ['with a type', `export const users = pgTable('users', {}) as unknown`, ['table users users']],
    ['an enum', 'export const role = pgEnum(`role`, [])', ['enum role role']],
    [
      'a sequence and a view',
      `export const s = pgSequence('s')\nexport const v = pgView('v').as((qb) => qb)`,
      ['sequence s s', 'view v v'],
    ],
    [
      'of other dialects',
      `export const a = mysqlTable('a', {}), b = sqliteTable('b', {})`,
      ['table a a', 'table b b'],
    ],
    [
      'exported later',
      `const a = pgTable('a', {})\nconst b = pgTable('b', {})\nexport { a as c }\nexport default b`,
      ['table a a', 'table b b'],
    ],
    ['hidden', `const a = pgTable('a', {})`, ['table a (hidden) a']],
    [
      're-exported from elsewhere, which exports nothing of its own',
      `const a = pgTable('a', {})\nexport { a } from './b'`,
      ['table a (hidden) a'],
    ],
    ['named by no literal', `export const a = pgTable(name, {})`, []],
    [
      'other things',
      `export const a = 1, { b } = pgTable('b', {})\nexport function c() { return pgTable('c', {}) }\nexport const d = eq('x', {})`,
      [],
    ],
    ['what does not parse', `export const users = pgTable('users', {`, []],
  ])('%s', async (_name, source, declared) => {
    expect(await found(source)).toEqual(declared)
  })

  test('in a file with JSX', async () => {
    expect(
      await found(`export const a = pgTable('a', {})\nexport const b = <p>a</p>`, 'schema.tsx'),
    ).toEqual(['table a a'])
  })

  test('columns, by the names they may have', async () => {
    const source = `export const a = pgTable('a', { id: serial('id').primaryKey(), firstName: text().notNull(), ...more, other })`
    const [{ columns }] = (await declarationsIn(source, 'a.ts')) as [
      Awaited<ReturnType<typeof declarationsIn>>[0],
    ]
    expect(
      columns.map(({ names, range }) => [names, source.slice(range.start, range.end)]),
    ).toEqual([
      [['id'], `id: serial('id').primaryKey()`],
      [['firstName', 'first_name'], 'firstName: text().notNull()'],
      [['other', 'other'], 'other'],
    ])
  })

  test('columns of a function', async () => {
    const [table] = await declarationsIn(
      `export const a = pgTable('a', (t) => ({ id: t.serial('key') }))`,
      'a.ts',
    )
    expect(table?.columns.map(({ names }) => names)).toEqual([['key']])
  })
})
