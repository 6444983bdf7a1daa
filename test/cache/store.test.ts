import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { folderStore } from '../../src/cache/store.ts'
import { dependentViews, findIndex } from '../../src/catalog/catalog.ts'
import { type PlainCatalog, catalogOf, plainCatalog } from '../../src/catalog/plain.ts'
import { replayed } from '../dialects/postgres/sql/replayed.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const files = () => readdirSync(folder).map((name) => join(folder, name))

describe('a store gives back', () => {
  test('a catalog as it was, with what it looks names up by', () => {
    const { after: catalog } =
      replayed(`CREATE TABLE "é" (id serial PRIMARY KEY, a text DEFAULT 'x' CHECK (a <> ''));
      CREATE INDEX i ON "é" (lower(a)) WHERE a IS NOT NULL; CREATE TYPE mood AS ENUM ('sad');
      CREATE VIEW v AS SELECT * FROM "é"; CREATE TABLE old (id int); DROP TABLE old; CREATE SCHEMA app;
      CREATE TYPE pair AS (a int, b int); CREATE EXTENSION citext; CREATE ROLE reader;`)
    folderStore(folder, '1').set('key', plainCatalog(catalog))
    const cached = folderStore(folder, '1').get('key') as PlainCatalog
    expect(cached).toStrictEqual(plainCatalog(catalog))
    const found = catalogOf(cached)
    expect(plainCatalog(found)).toStrictEqual(plainCatalog(catalog))
    expect([...(found.types ?? [])]).toEqual([...(catalog.types ?? [])])
    expect(found.extensions?.has('citext')).toBe(true)
    expect(findIndex(found, { schema: 'public', name: 'i' })?.on.name).toBe('é')
    expect(dependentViews(found, { schema: 'public', name: 'é' }, null)).toHaveLength(1)
  })

  test('nothing that was not put in', () => {
    const store = folderStore(folder, '1')
    expect(store.get('key')).toBeUndefined()
    store.set('key', 1)
    expect(store.get('other')).toBeUndefined()
  })

  test('nothing of another build', () => {
    folderStore(folder, '1').set('key', 1)
    expect(folderStore(folder, '2').get('key')).toBeUndefined()
  })

  test('the latest', () => {
    const store = folderStore(folder, '1')
    store.set('key', 1)
    store.set('key', 2)
    expect(store.get('key')).toBe(2)
    expect(files()).toHaveLength(1)
  })
})

describe('a store that is damaged', () => {
  test.each([
    ['torn', (content: Buffer) => content.subarray(0, content.length >> 1)],
    ['empty', () => Buffer.alloc(0)],
    ['of something else', () => Buffer.from('not what was written')],
    ['with more at its end', (content: Buffer) => Buffer.concat([content, content])],
    ['of zeros', (content: Buffer) => Buffer.alloc(content.length)],
  ])('is as if it were not there: a file %s', (_, damage) => {
    const store = folderStore(folder, '1')
    store.set('key', { many: new Map([['a', new Set([1, 2, 3])]]) })
    const [file = ''] = files()
    writeFileSync(file, damage(readFileSync(file)))
    expect(store.get('key')).toBeUndefined()
    store.set('key', 'anew')
    expect(store.get('key')).toBe('anew')
  })

  test('is as if it were not there, whichever bit was turned', () => {
    const store = folderStore(folder, '1')
    store.set('key', 'an answer: no migration is missing')
    const [file = ''] = files()
    const whole = readFileSync(file)
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const damaged = Buffer.from(whole)
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      writeFileSync(file, damaged)
      expect(store.get('key'), `bit ${bit}`).toBeUndefined()
      // It would be in the way each time.
      expect(files()).toEqual([])
    }
  })

  test('or has no place to be made, too', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const store = folderStore(join(file, 'below'), '1')
    store.set('key', 1)
    expect(store.get('key')).toBeUndefined()
  })

  test('and what cannot be kept is not kept', () => {
    const store = folderStore(folder, '1')
    store.set('key', () => 'a function')
    expect(store.get('key')).toBeUndefined()
  })
})

test('nobody else may read an answer', () => {
  folderStore(folder, '1').set('key', 'what the project is made of')
  expect(files().map((file) => statSync(file).mode & 0o777)).toEqual([0o600])
})

test('the oldest answers go first once there are many', () => {
  const store = folderStore(folder, '1')
  for (let count = 0; count < 64; count++) {
    store.set(`key ${count}`, count)
    for (const file of files()) {
      if (statSync(file).mtimeMs > 1e9) utimesSync(file, 1_000 + count, 1_000 + count)
    }
  }
  expect(files()).toHaveLength(64)
  store.set('one more', 'x')
  expect(files()).toHaveLength(32)
  expect(store.get('one more')).toBe('x')
  expect(store.get('key 0')).toBeUndefined()
  expect(store.get('key 33')).toBe(33)
  expect(store.get('key 63')).toBe(63)
})
