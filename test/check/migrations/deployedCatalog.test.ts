import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { deployedCatalog } from '../../../src/check/migrations/deployedCatalog.ts'
import type { Replay } from '../../../src/check/replay.ts'
import type { Migration } from '../../../src/drizzle/migrations/migration.ts'
import type { Session } from '../../../src/dialects/effects.ts'
import type { Store } from '../../../src/cache/store.ts'
import { memoryTree } from '../../drizzle/memoryTree.ts'
import { replayDeployment } from '../../../src/lint/judge.ts'
import { engine } from '../../dialects/postgres/sql/replayed.ts'

/** A store that keeps everything for as long as the test runs. */
function memoryStore(): Store {
  const kept = new Map<string, unknown>()
  return {
    get: (key) => kept.get(key),
    set: (key, value) => void kept.set(key, value),
  }
}

type History = Readonly<Record<string, string>>

/** Builds the catalog of a history and tells which of its migrations had to be parsed for it. */
function built(
  history: History,
  store: Store | null,
  options: { transaction?: Session['transaction']; incomplete?: boolean; blobs?: History } = {},
) {
  const parsed: string[] = []
  const counting: typeof engine = {
    ...engine,
    replay: (...args) => {
      parsed.push(args[1].name)
      return engine.replay(...args)
    },
  }
  const blobs = options.blobs ?? {}
  const tree = memoryTree(history, { blobs })
  const migrations = Object.keys(history).map((file, position): Migration => {
    const blob = blobs[file]
    const name = file.replace(/^.*\/|\.sql$/g, '')
    return { name, file, snapshot: '', position, ...(blob ? { blob } : {}) }
  })
  const session: Session = {
    version: null,
    timezone: 'UTC',
    transaction: options.transaction ?? 'deployment',
  }
  const replay: Replay = (start, sources) =>
    replayDeployment({ engine: counting, session }, start, sources)
  // What the last deployment found is not kept: the next one says so anew.
  const { deployed: _, ...catalog } = deployedCatalog(
    replay,
    { engine: counting, session },
    tree,
    migrations,
    options.incomplete ?? false,
    store,
  )
  return { parsed, catalog }
}

const history: History = {
  'drizzle/0000_init.sql': 'CREATE TABLE users (id int PRIMARY KEY);',
  'drizzle/0001_bio.sql': 'ALTER TABLE users ADD COLUMN bio text;',
  'drizzle/0002_index.sql': 'CREATE INDEX users_bio ON users (bio);',
}
const all = ['0000_init', '0001_bio', '0002_index']

/** A history of so many migrations, each with a table of its own. */
function long(length: number): History {
  return Object.fromEntries(
    Array.from({ length }, (_, n) => {
      const number = String(n).padStart(4, '0')
      return [`drizzle/${number}_t.sql`, `CREATE TABLE t${n} (id int);`]
    }),
  )
}

describe('the catalog of what is deployed', () => {
  test('is that of the migrations one after the other: nothing of one is new in the next', () => {
    const { catalog, parsed } = built(history, null)
    expect(parsed).toEqual(all)
    const [users] = [...catalog.tables.values()]
    expect(users?.columns.map(({ name }) => name)).toEqual(['id', 'bio'])
    expect(users?.createdIn).toBe(1)
    expect(users?.columns[1]?.createdIn).toBe(2)
    expect(catalog.deployment).toBe(3)
  })

  test('is empty where nothing is deployed', () => {
    const { catalog, parsed } = built({}, memoryStore())
    expect(parsed).toEqual([])
    expect(catalog.tables.size).toBe(0)
  })

  test('proves nothing by absence where something is missing, kept or not', () => {
    const store = memoryStore()
    expect(built(history, store, { incomplete: true }).catalog.blind).toBe(true)
    expect(built(history, store, { incomplete: true }).catalog.blind).toBe(true)
    expect(built(history, store).catalog.blind).toBe(false)
  })
})

describe('a kept catalog', () => {
  test('spares parsing the same content again', () => {
    const store = memoryStore()
    const first = built(history, store)
    const second = built(history, store)
    expect(first.parsed).toEqual(all)
    expect(second.parsed).toEqual([])
    expect(second.catalog).toEqual(first.catalog)
  })

  test('goes by blob ids where git knows them, without reading a file', () => {
    const store = memoryStore()
    built(history, store, { blobs: gitBlobs(history) })
    expect(built(history, store, { blobs: gitBlobs(history) }).parsed).toEqual([])
  })

  test('does not count once a migration was edited', () => {
    const store = memoryStore()
    built(history, store)
    const edited = {
      ...history,
      'drizzle/0000_init.sql': 'CREATE TABLE people (id int PRIMARY KEY);',
    }
    const { parsed, catalog } = built(edited, store)
    expect(parsed).toEqual(all)
    expect([...catalog.tables.values()].map(({ name }) => name)).toContain('people')
  })

  test('does not count once a migration was renamed', () => {
    const store = memoryStore()
    built(history, store)
    const entries = Object.entries(history).map(([file, text]) => [
      file.replace('_bio', '_text'),
      text,
    ])
    expect(built(Object.fromEntries(entries) as History, store).parsed).toEqual([
      '0000_init',
      '0001_text',
      '0002_index',
    ])
  })

  test('does not count for another order', () => {
    const store = memoryStore()
    built(history, store)
    const [first, second, third] = Object.entries(history)
    expect(built(Object.fromEntries([second!, first!, third!]), store).parsed).toHaveLength(3)
  })

  test('does not count for another migrator', () => {
    const store = memoryStore()
    built(history, store, { transaction: 'deployment' })
    expect(built(history, store, { transaction: 'none' }).parsed).toEqual(all)
    expect(built(history, store, { transaction: 'migration' }).parsed).toEqual(all)
    expect(built(history, store, { transaction: 'none' }).parsed).toEqual([])
  })

  test('of a shorter history is where a longer one begins', () => {
    const store = memoryStore()
    built(long(20), store)
    const { parsed, catalog } = built(long(23), store)
    expect(parsed).toEqual(['0020_t', '0021_t', '0022_t'])
    expect(catalog).toEqual(built(long(23), null).catalog)
    expect(built(long(23), store).parsed).toEqual([])
  })

  test('of one migration is where two begin', () => {
    const store = memoryStore()
    built(long(1), store)
    expect(built(long(2), store).parsed).toEqual(['0001_t'])
  })

  test('of a longer history is no use for a shorter one', () => {
    const store = memoryStore()
    built(long(5), store)
    expect(built(long(4), store).parsed).toHaveLength(4)
  })

  test('that lies far behind is not looked for', () => {
    const store = memoryStore()
    built(long(5), store)
    expect(built(long(30), store).parsed).toHaveLength(30)
  })

  test('is not changed by what is done with it', () => {
    const store = memoryStore()
    const { catalog } = built(history, store)
    built({ ...history, 'drizzle/0003_drop.sql': 'DROP TABLE users;' }, store)
    expect(built(history, store).catalog).toEqual(catalog)
  })
})

function gitBlobs(files: History): History {
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      createHash('sha1')
        .update(`blob ${Buffer.byteLength(text)}\0${text}`)
        .digest('hex'),
    ]),
  )
}
