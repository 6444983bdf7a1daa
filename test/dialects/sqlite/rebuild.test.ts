import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { describe, expect, test } from 'vitest'
import { type Database, migrate, newDatabase, valueOf } from './database.ts'
import { deployed, judged } from './judged.ts'

const USERS = 'CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `name` text)'
const CHILD = (action: string, name = 'posts', parent = 'users') =>
  `CREATE TABLE \`${name}\` (\`id\` integer PRIMARY KEY, \`up\` integer, FOREIGN KEY (\`up\`) REFERENCES \`${parent}\`(\`id\`) ON UPDATE no action ON DELETE ${action})`
const ROWS = [
  "INSERT INTO users VALUES (1, 'Ann'), (2, 'Bob')",
  'INSERT INTO posts VALUES (1, 1), (2, 2)',
]
const REBUILD = [
  'PRAGMA foreign_keys=OFF;',
  "CREATE TABLE `__new_users` (\n\t`id` integer PRIMARY KEY NOT NULL,\n\t`name` text DEFAULT 'x'\n);\n",
  'INSERT INTO `__new_users`("id", "name") SELECT "id", "name" FROM `users`;',
  'DROP TABLE `users`;',
  'ALTER TABLE `__new_users` RENAME TO `users`;',
  'PRAGMA foreign_keys=ON;',
]
const NODES = [
  'CREATE TABLE `nodes` (`id` integer PRIMARY KEY NOT NULL, `up` integer, FOREIGN KEY (`up`) REFERENCES `nodes`(`id`) ON DELETE cascade)',
  'INSERT INTO nodes VALUES (1, NULL), (2, 1), (3, 2)',
]
const NODES_REBUILD = [
  'CREATE TABLE `__new_nodes` (`id` integer PRIMARY KEY NOT NULL, `up` integer DEFAULT 1, FOREIGN KEY (`up`) REFERENCES `nodes`(`id`) ON DELETE cascade)',
  'INSERT INTO `__new_nodes`("id", "up") SELECT "id", "up" FROM `nodes`',
  'DROP TABLE `nodes`',
  'ALTER TABLE `__new_nodes` RENAME TO `nodes`',
]

async function databaseWith(statements: readonly string[]): Promise<Database> {
  const database = await newDatabase()
  for (const statement of statements) database.run(statement)
  return database
}

/** What the model says of the rebuild, in the words of the test. */
function told(setup: readonly string[], rebuild: readonly string[], driver: string | null) {
  const effects = judged(deployed(setup), rebuild, { driver }).map((one) => one.effects)
  return {
    losses: effects
      .flatMap(({ losses }) => losses)
      .map(
        ({ why, table, columns }) => `${why} ${table.name}${columns ? `.${columns.join()}` : ''}`,
      ),
    errors: effects.flatMap(({ errors }) => errors).map(({ kind, when }) => `${kind}, ${when}`),
  }
}

describe('a rebuild of a table that others point at', () => {
  test('deletes the rows of ON DELETE CASCADE, where foreign keys act', async () => {
    const setup = [USERS, CHILD('cascade'), ...ROWS]
    const database = await databaseWith(setup)
    expect(migrate(database, REBUILD)).toBeNull()
    expect(valueOf(database, 'SELECT count(*) FROM posts')).toBe(0)
    expect(valueOf(database, 'SELECT count(*) FROM users')).toBe(2)
    expect(told(setup, REBUILD, 'better-sqlite3')).toEqual({
      losses: ['cascaded posts'],
      errors: [],
    })
  })

  test.each(['set null', 'set default'])('empties the columns of ON DELETE %s', async (action) => {
    const setup = [USERS, CHILD(action), ...ROWS]
    const database = await databaseWith(setup)
    expect(migrate(database, REBUILD)).toBeNull()
    expect(valueOf(database, 'SELECT count(up) FROM posts')).toBe(0)
    expect(told(setup, REBUILD, null)).toEqual({ losses: ['set null posts.up'], errors: [] })
  })

  test.each(['no action', 'restrict'])('fails on rows with %s', async (action) => {
    const setup = [USERS, CHILD(action), ...ROWS]
    const database = await databaseWith(setup)
    expect(migrate(database, REBUILD)).toBe('FOREIGN KEY constraint failed')
    expect(told(setup, REBUILD, 'better-sqlite3')).toEqual({
      losses: [],
      errors: ['dangling-reference, rows'],
    })
  })

  test('goes on to those that point at the children', async () => {
    const setup = [
      USERS,
      CHILD('cascade'),
      CHILD('cascade', 'likes', 'posts'),
      ...ROWS,
      'INSERT INTO likes VALUES (1, 1)',
    ]
    const database = await databaseWith(setup)
    expect(migrate(database, REBUILD)).toBeNull()
    expect(valueOf(database, 'SELECT count(*) FROM likes')).toBe(0)
    expect(told(setup, REBUILD, null).losses).toEqual(['cascaded posts', 'cascaded likes'])
  })

  test('stops at grandchildren that stand in the way', async () => {
    const setup = [
      USERS,
      CHILD('cascade'),
      CHILD('restrict', 'likes', 'posts'),
      ...ROWS,
      'INSERT INTO likes VALUES (1, 1)',
    ]
    expect(migrate(await databaseWith(setup), REBUILD)).toBe('FOREIGN KEY constraint failed')
    expect(told(setup, REBUILD, null).errors).toEqual(['dangling-reference, rows'])
  })

  test('deletes rows of the table itself, where it points at itself', async () => {
    const database = await databaseWith(NODES)
    expect(migrate(database, NODES_REBUILD)).toBeNull()
    expect(valueOf(database, 'SELECT count(*) FROM nodes')).toBe(1)
    expect(told(NODES, NODES_REBUILD, 'better-sqlite3')).toEqual({
      losses: ['cascaded nodes'],
      errors: [],
    })
  })

  test('does nothing to them in libSQL’s own migrator, which switches foreign keys off first', async () => {
    const setup = [USERS, CHILD('cascade'), ...ROWS]
    const folder = mkdtempSync(join(tmpdir(), 'libsql-'))
    const client = createClient({ url: `file:${join(folder, 'a.db')}` })
    try {
      for (const statement of setup) await client.execute(statement)
      await client.migrate(REBUILD)
      const { rows } = await client.execute('SELECT count(*) AS n FROM posts')
      expect(rows[0]?.n).toBe(2)
    } finally {
      client.close()
      rmSync(folder, { recursive: true, force: true })
    }
    expect(told(setup, REBUILD, 'libsql')).toEqual({ losses: [], errors: [] })
  })

  test('deletes them in libSQL too, where a transaction is opened by hand', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'libsql-'))
    const client = createClient({ url: `file:${join(folder, 'a.db')}` })
    try {
      for (const statement of [USERS, CHILD('cascade'), ...ROWS]) await client.execute(statement)
      await client.batch(REBUILD, 'write')
      const { rows } = await client.execute('SELECT count(*) AS n FROM posts')
      expect(rows[0]?.n).toBe(0)
    } finally {
      client.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('is safe statement by statement, where the PRAGMA acts; not on D1', async () => {
    const setup = [USERS, CHILD('cascade'), ...ROWS]
    const database = await databaseWith(setup)
    for (const statement of REBUILD) database.run(statement)
    expect(valueOf(database, 'SELECT count(*) FROM posts')).toBe(2)
    const catalog = deployed(setup)
    const losses = (driver: string) =>
      judged(catalog, REBUILD, { driver, transaction: 'none' }).flatMap(
        ({ effects }) => effects.losses,
      )
    expect(losses('better-sqlite3')).toEqual([])
    expect(losses('d1')).toMatchObject([{ why: 'cascaded', table: { name: 'posts' } }])
  })

  test('is one change, followed by what it changes of the columns', () => {
    const rebuild = REBUILD.map((sql) => sql.replace("text DEFAULT 'x'", 'text NOT NULL'))
    const changes = judged(deployed([USERS]), rebuild).map(({ change }) => change)
    expect(changes.map(({ kind }) => kind)).toEqual(['RebuildTable', 'SetNotNull'])
    const [, required] = changes
    const text = rebuild.join('--> statement-breakpoint\n')
    const place = required?.origin.placeOf('notNull')
    expect(place && text.slice(place.start, place.end)).toBe('NOT NULL')
  })

  test('leaves the table as old as it was, and others’ keys at it', () => {
    const [{ change }] = judged(deployed([USERS, CHILD('cascade')]), REBUILD) as [
      ReturnType<typeof judged>[number],
    ]
    const table = [...change.after.tables.values()].find(({ name }) => name === 'users')
    expect(table?.createdIn).toBe(1)
    expect(table?.columns.map(({ createdIn }) => createdIn)).toEqual([1, 1])
  })
})

describe('a column that numbers itself', () => {
  const TOKENS = 'CREATE TABLE `tokens` (`token` text PRIMARY KEY NOT NULL)'
  const ROW = "INSERT INTO tokens VALUES ('a'), ('b')"
  const toTokens = (columns: string, copied: string, from: string) => [
    `CREATE TABLE \`__new_tokens\` (${columns})`,
    `INSERT INTO \`__new_tokens\`(${copied}) SELECT ${from} FROM \`tokens\``,
    'DROP TABLE `tokens`',
    'ALTER TABLE `__new_tokens` RENAME TO `tokens`',
  ]
  const NUMBERED = '`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL, `token` text NOT NULL'

  test('needs no value where a rebuild adds it', async () => {
    const rebuild = toTokens(NUMBERED, '`token`', '`token`')
    const database = await databaseWith([TOKENS, ROW])
    expect(migrate(database, rebuild)).toBeNull()
    expect(valueOf(database, 'SELECT max(id) FROM tokens')).toBe(2)
    expect(told([TOKENS, ROW], rebuild, null)).toEqual({ losses: [], errors: [] })
  })

  test('is not counted anew where a rebuild takes it away', () => {
    const setup = [TOKENS.replace('(`', `(${NUMBERED}) -- `)]
    const rebuild = toTokens('`token` text PRIMARY KEY NOT NULL', '`token`', '`token`')
    // Whether tokens are unique, nothing has said before.
    expect(told(setup, rebuild, null)).toEqual({ losses: [], errors: ['duplicate, some-rows'] })
  })
})
