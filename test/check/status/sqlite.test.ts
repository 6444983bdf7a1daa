import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { expect, test } from 'vitest'
import { ALL_DRIVERS, loadDriver } from '../../../src/verify/sqlite/drivers.ts'
import { readOnlyFile } from '../../../src/verify/sqlite/readOnly.ts'
import { journalOf } from '../../drizzle/migrations/journals.ts'
import { installed } from '../../installed.ts'
import { type Files, drizzleConfig, writeFiles } from '../projects.ts'
import { told } from './told.ts'

/** A project with a driver of SQLite and the drizzle-orm that it migrates with. */
function project(files: Files, modules = join(import.meta.dirname, '../../../node_modules')) {
  const folder = mkdtempSync(join(tmpdir(), 'migration-lint-status-'))
  writeFiles(folder, { 'package.json': '{}', ...files })
  symlinkSync(modules, join(folder, 'node_modules'))
  return folder
}

async function migrate(cwd: string, orm: string): Promise<void> {
  const require = createRequire(join(cwd, 'package.json'))
  const { drizzle } = require('drizzle-orm/libsql') as { drizzle(client: unknown): unknown }
  const { migrate: run } = require('drizzle-orm/libsql/migrator') as {
    migrate(database: unknown, config: object): Promise<void>
  }
  const client = createClient({ url: `file:${join(cwd, 'local.db')}` })
  await run(drizzle(orm.startsWith('0.') ? client : { client }), {
    migrationsFolder: join(cwd, 'drizzle'),
  })
  client.close()
}

const journal = (entries: readonly (readonly [string, number])[]) => journalOf(entries, 'sqlite')

const CONFIG = { 'drizzle.config.ts': drizzleConfig('./drizzle', 'sqlite') }

test('what drizzle-orm 0.45 has applied to a file, and what it will pass over', async () => {
  const cwd = project({
    ...CONFIG,
    'drizzle/meta/_journal.json': journal([
      ['0000_users', 1000],
      ['0001_posts', 2000],
    ]),
    'drizzle/0000_users.sql': 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
    'drizzle/0001_posts.sql': 'CREATE TABLE `posts` (`id` integer PRIMARY KEY);',
  })
  await migrate(cwd, '0.45.4')
  writeFiles(cwd, {
    'drizzle/meta/_journal.json': journal([
      ['0000_users', 1000],
      ['0001_late', 1500],
      ['0001_posts', 2000],
      ['0002_new', 3000],
    ]),
    'drizzle/0001_posts.sql': 'CREATE TABLE `posts` (`id` text PRIMARY KEY);',
    'drizzle/0001_late.sql': 'SELECT 1;',
    'drizzle/0002_new.sql': 'ALTER TABLE `users` ADD `x` text;',
  })
  const { code, states, table, server, tables } = await told(cwd, 'file:./local.db', {
    save: true,
    sizes: true,
  })
  expect(states).toEqual([
    '0000_users applied',
    '0001_late skipped',
    '0001_posts edited',
    '0002_new pending',
  ])
  expect({ code, table }).toEqual({ code: 1, table: '__drizzle_migrations' })
  expect(server).toMatch(/^SQLite 3\.\d+/)
  expect(tables).toEqual([{ name: 'users', rows: 0, bytes: 4096 }])
  expect(readFileSync(join(cwd, 'migration-lint.sizes.json'), 'utf8')).toContain('"users"')
  // What the migrator then does is what was said.
  await migrate(cwd, '0.45.4')
  expect((await told(cwd, 'local.db')).states.slice(1)).toEqual([
    '0001_late skipped',
    '0001_posts edited',
    '0002_new applied',
  ])
})

test('what drizzle-orm 1.0 has applied, by names', async () => {
  const name = (day: number) => `2026010${day}000000_m${day}`
  const folder = (days: number[]) =>
    Object.fromEntries(
      days.map((day) => [
        `drizzle/${name(day)}/migration.sql`,
        `CREATE TABLE t${day} (id integer);`,
      ]),
    )
  const packages = { 'drizzle-orm': '1.0.0-rc.5', '@libsql/client': '0.18.0' }
  const modules = join(installed(packages), 'node_modules')
  const cwd = project({ ...CONFIG, ...folder([1, 3]) }, modules)
  await migrate(cwd, '1.0.0-rc.5')
  writeFiles(cwd, folder([2, 4]))
  rmSync(join(cwd, `drizzle/${name(3)}`), { recursive: true })
  expect((await told(cwd, `file://${join(cwd, 'local.db')}`)).states).toEqual([
    `${name(1)} applied`,
    `${name(2)} pending`,
    `${name(4)} pending`,
    `${name(3)} unknown`,
  ])
})

test('what wrangler has applied to a local D1, by file names', async () => {
  const cwd = project({
    ...CONFIG,
    'wrangler.toml': '[[d1_databases]]\nmigrations_dir = "drizzle"\n',
    'drizzle/meta/_journal.json': journal([
      ['0000_users', 1000],
      ['0002_new', 900],
    ]),
    'drizzle/0000_users.sql': 'CREATE TABLE `users` (`id` integer PRIMARY KEY);',
    'drizzle/0001_by_hand.sql': 'INSERT INTO users VALUES (1);',
    'drizzle/0002_new.sql': 'ALTER TABLE `users` ADD `x` text;',
  })
  const client = createClient({ url: `file:${join(cwd, 'd1.sqlite')}` })
  // As wrangler writes it (cloudflare/workers-sdk, d1/migrations/helpers.ts).
  await client.executeMultiple(`CREATE TABLE d1_migrations(
      id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
      applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL);
    INSERT INTO d1_migrations (name) VALUES ('0000_users.sql'), ('0001_by_hand.sql'), ('0009_gone.sql')`)
  client.close()
  const { states, table } = await told(cwd, './d1.sqlite')
  expect(table).toBe('d1_migrations')
  expect(states).toEqual([
    '0000_users applied',
    '0001_by_hand applied',
    '0002_new pending',
    '0009_gone unknown',
  ])
})

test('a file that is asked cannot be written to, with any driver', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'migration-lint-status-'))
  const file = join(folder, 'a.db')
  const client = createClient({ url: `file:${file}` })
  await client.executeMultiple('CREATE TABLE t (a integer); INSERT INTO t VALUES (1)')
  client.close()
  const before = readFileSync(file)
  const from = [join(import.meta.dirname, '../../..')]
  for (const sql of ['delete from t', 'select 1; delete from t', 'pragma user_version = 1']) {
    const asked = readOnlyFile(file, from, (database) => database.select(sql))
    await expect(asked, sql).rejects.toThrow('only SELECT is sent')
  }
  const found = []
  for (const name of ALL_DRIVERS) {
    const loaded = await loadDriver([name], from)
    if (loaded === null) continue
    found.push(name)
    const connection = loaded.driver.open(file, 'read')
    const write = () => connection.run('INSERT INTO t VALUES (2)')
    // What sql.js has open is a copy.
    if (name === 'sql-js') write()
    else expect(write, name).toThrow(/readonly/)
    connection.close()
  }
  expect(found).toEqual(expect.arrayContaining(['libsql', 'sql-js']))
  expect(readFileSync(file).equals(before)).toBe(true)
})

test.each([
  ['libsql://canary-host.turso.io?authToken=canary', '--url is not a file'],
  ['https://canary.example', '--url is not a file'],
  [':memory:', '--url is not a database file'],
  ['./absent.db', 'there is no file ./absent.db'],
  ['./drizzle.config.ts', 'file is not a database'],
])('%s is refused in one line', async (url, said) => {
  const cwd = project({ ...CONFIG, 'drizzle/meta/_journal.json': journal([]) })
  writeFileSync(
    join(cwd, 'drizzle.config.ts'),
    `${CONFIG['drizzle.config.ts']}//${' '.repeat(600)}`,
  )
  const error = await told(cwd, url).catch((thrown: unknown) => thrown as Error)
  expect(error).toMatchObject({ message: expect.stringContaining(said) })
  expect((error as Error).message).not.toContain('canary')
})
