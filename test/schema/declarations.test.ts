import { describe, expect, test } from 'vitest'
import {
  type Declaration,
  findDeclaration,
  readDeclarations,
} from '../../src/schema/declarations.ts'

const PG = `import { pgTable, pgEnum, pgSchema, pgSequence, pgView, text } from 'drizzle-orm/pg-core'\n`

function shown(source: string, all: readonly Declaration[]): string[] {
  return all.map(
    ({ kind, name, isExported, isCertain, range }) =>
      `${kind} ${name.schema}.${name.name}${isExported ? '' : ' (hidden)'}${isCertain ? '' : ' (perhaps)'} ${source.slice(range.start, range.end)}`,
  )
}

async function found(source: string, path = 'schema.ts'): Promise<string[]> {
  const text = PG + source
  return shown(text, await readDeclarations([{ path, text }], 'postgresql'))
}

describe('what a schema file declares', () => {
  test.each([
    ['a table', `export const users = pgTable('users', {})`, ['table public.users users']],
    [
      'of a schema',
      `const auth = pgSchema('auth')\nexport const users = auth.table('users', {})`,
      ['schema auth. (hidden) auth', 'table auth.users users'],
    ],
    [
      'with calls behind it',
      `export const users = pgTable('users', {}).enableRLS()`,
      ['table public.users users'],
    ],
    [
      'with a type',
      `export const users: Table = pgTable('users', {}) as unknown`,
      ['table public.users users'],
    ],
    [
      'by another name of its builder',
      `const define = pgTable\nexport const tags = define('tags', {})`,
      ['table public.tags tags'],
    ],
    [
      'by a function of the file',
      `const make = (name: string) => pgTable('app_' + name, {})\nconst shop = (name: string) => pgTable(\`shop_\${name}\`, {})\nexport const tags = shop('tags')`,
      ['table public.shop_tags tags'],
    ],
    ['an enum', 'export const role = pgEnum(`role`, [])', ['enum public.role role']],
    [
      'a sequence and a view',
      `export const s = pgSequence('s')\nexport const v = pgView('v').as((qb) => qb.select())`,
      ['sequence public.s s', 'view public.v v'],
    ],
    [
      'the same in a schema',
      `const a = pgSchema('a')\nexport const s = a.sequence('s'), v = a.materializedView('v', {}).existing(), e = a.enum('e', [])`,
      ['schema a. (hidden) a', 'sequence a.s s', 'view a.v v', 'enum a.e e'],
    ],
    [
      'exported later',
      `const a = pgTable('a', {})\nconst b = pgTable('b', {})\nexport { a as c }\nexport default b`,
      ['table public.a a', 'table public.b b'],
    ],
    ['hidden', `const a = pgTable('a', {})`, ['table public.a (hidden) a']],
    [
      're-exported from elsewhere, which exports nothing of its own',
      `const a = pgTable('a', {})\nexport { a } from './b'`,
      ['table public.a (hidden) a'],
    ],
    ['named by no literal', `export const a = pgTable(name, {})`, []],
    [
      'other things',
      `export const a = 1\nexport function c() { return pgTable('c', {}) }\nexport const d = eq('x', {})`,
      [],
    ],
    ['what does not parse', `export const users = pgTable('users', {`, []],
  ])('%s', async (_name, source, declared) => {
    expect(await found(source)).toEqual(declared)
  })

  test('in a file with JSX', async () => {
    expect(
      await found(`export const a = pgTable('a', {})\nexport const b = <p>a</p>`, 'schema.tsx'),
    ).toEqual(['table public.a a'])
  })

  test('in a dialect without schemas', async () => {
    const text = `import { mysqlTable, mysqlSchema } from 'drizzle-orm/mysql-core'
export const a = mysqlTable('a', {}), b = mysqlSchema('s').table('b', {})`
    expect(shown(text, await readDeclarations([{ path: 'a.ts', text }], 'mysql'))).toEqual([
      'table .a a',
      'table s.b b',
    ])
  })

  test('with builders of other files, by the look of the call', async () => {
    const text = `import { createTable, auth } from './table'
export const a = createTable('a', {}), b = auth.table('b', { id: vector('ident').notNull() })`
    const all = await readDeclarations([{ path: 'a.ts', text }], 'postgresql')
    expect(shown(text, all)).toEqual(['table public.a (perhaps) a', 'table public.b (perhaps) b'])
    expect(all[1]?.columns.map(({ names }) => names)).toEqual([['ident']])
  })

  test('columns, by the names they may have', async () => {
    const text = `${PG}export const a = pgTable('a', { id: text('id').primaryKey(), firstName: text().notNull(), ...more, other })`
    const [table] = await readDeclarations([{ path: 'a.ts', text }], 'postgresql')
    expect(
      table?.columns.map(({ names, range }) => [names, text.slice(range.start, range.end)]),
    ).toEqual([
      [['id'], `id: text('id').primaryKey()`],
      [['firstName', 'first_name'], 'firstName: text().notNull()'],
      [['other'], 'other'],
    ])
  })

  test('columns of a function', async () => {
    const text = `${PG}export const a = pgTable('a', (t) => ({ id: t.serial('key') }))`
    const [table] = await readDeclarations([{ path: 'a.ts', text }], 'postgresql')
    expect(table?.columns.map(({ names }) => names)).toEqual([['key']])
  })
})

describe('where an object of the database is declared', () => {
  const files = [
    {
      path: 'auth.ts',
      text: `${PG}const auth = pgSchema('auth')\nexport const people = auth.table('users', {})`,
    },
    {
      path: 'public.ts',
      text: `import { createTable } from './table'\n${PG}export const users = pgTable('users', {}), orders = createTable('orders', {})`,
    },
  ]

  test.each([
    ['auth', 'users', 'auth.ts people'],
    ['public', 'users', 'public.ts users'],
    ['public', 'shop_orders', 'public.ts orders'],
    ['auth', 'orders', 'public.ts orders'],
    ['billing', 'users', null],
  ])('%s.%s', async (schema, name, place) => {
    const all = await readDeclarations(files, 'postgresql')
    const one = findDeclaration(all, 'table', { schema, name })
    const text = files.find(({ path }) => path === one?.file)?.text ?? ''
    expect(one ? `${one.file} ${text.slice(one.range.start, one.range.end)}` : null).toBe(place)
  })
})
