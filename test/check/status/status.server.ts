import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtCli } from '../../built.ts'
import { journalOf } from '../../drizzle/migrations/journals.ts'
import { isolatedEnvironment } from '../../git/repository.ts'
import { installed } from '../../installed.ts'
import { type Server, startPostgres } from '../../servers/postgres.ts'
import { POSTGRES_VERSIONS } from '../../servers/shared.ts'
import { type Files, drizzleConfig, writeFiles } from '../projects.ts'

const CANARY = 'canary-password'
let server: Server

beforeAll(async () => {
  server = await startPostgres(POSTGRES_VERSIONS.at(-1)!)
})
afterAll(() => server.stop())

/** Runs SQL as somebody else than the tool. */
async function sql(text: string, database = 'postgres'): Promise<Record<string, unknown>[]> {
  const script = `import pg from 'pg'
    const client = new pg.Client({ connectionString: ${JSON.stringify(`${server.url}/${database}`)} })
    await client.connect()
    const result = await client.query(${JSON.stringify(text)})
    console.log(JSON.stringify([result].flat().at(-1).rows))
    await client.end()`
  const cwd = installed({ pg: '8.23.1' })
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd })
  return JSON.parse(out.toString())
}

/** A project with the driver and the drizzle-orm that it migrates with. */
function project(files: Files, packages: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'migration-lint-status-'))
  writeFiles(folder, { 'package.json': '{"type":"module"}', ...files })
  symlinkSync(join(installed(packages), 'node_modules'), join(folder, 'node_modules'))
  return folder
}

function migrate(cwd: string, database: string): void {
  const script = `import { drizzle } from 'drizzle-orm/node-postgres'
    import { migrate } from 'drizzle-orm/node-postgres/migrator'
    const db = drizzle(${JSON.stringify(`${server.url}/${database}`)})
    await migrate(db, { migrationsFolder: 'drizzle' })
    await db.$client.end()`
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd, stdio: 'pipe' })
}

function status(cwd: string, url: string, ...more: string[]) {
  const env = isolatedEnvironment({ DATABASE_URL: url })
  const args = [builtCli(), 'status', '--url', 'DATABASE_URL', '--format', 'json', ...more]
  const {
    status: code,
    stdout,
    stderr,
  } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: 'utf8',
  })
  expect(stdout + stderr).not.toContain(CANARY)
  const told = JSON.parse(stdout || '{}') as {
    table: string
    migrations?: { name: string; state: string }[]
  }
  const states = (told.migrations ?? []).map(({ name, state }) => `${name} ${state}`)
  return { code, told, states, stderr }
}

test('what drizzle-orm 0.45 has applied, and what it will pass over', async () => {
  await sql('create database zero')
  const files = {
    'drizzle.config.ts': drizzleConfig(),
    'drizzle/meta/_journal.json': journalOf([
      ['0000_users', 1000],
      ['0001_posts', 2000],
    ]),
    'drizzle/0000_users.sql': 'CREATE TABLE "users" ("id" integer);',
    'drizzle/0001_posts.sql': 'CREATE TABLE "posts" ("id" integer);',
  }
  const cwd = project(files, { 'drizzle-orm': '0.45.4', pg: '8.23.1' })
  migrate(cwd, 'zero')
  writeFiles(cwd, {
    'drizzle/meta/_journal.json': journalOf([
      ['0000_users', 1000],
      ['0001_late', 1500],
      ['0001_posts', 2000],
      ['0002_new', 3000],
    ]),
    'drizzle/0001_posts.sql': 'CREATE TABLE "posts" ("id" bigint);',
    'drizzle/0001_late.sql': 'SELECT 1;',
    'drizzle/0002_new.sql': 'ALTER TABLE "users" ADD COLUMN "x" text;',
  })
  await sql(`create role reader login password '${CANARY}'`)
  await sql(`grant usage on schema drizzle to reader`, 'zero')
  const url = server.url.replace('postgres@', `reader:${CANARY}@`)
  const refused = status(cwd, `${url}/zero`)
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('the role may not read drizzle.__drizzle_migrations')
  await sql('grant select on all tables in schema drizzle to reader', 'zero')
  const { code, states } = status(cwd, `${url}/zero`)
  expect(states).toEqual([
    '0000_users applied',
    '0001_late skipped',
    '0001_posts edited',
    '0002_new pending',
  ])
  expect(code).toBe(1)
  // What the migrator then does is what was said.
  migrate(cwd, 'zero')
  expect(status(cwd, `${url}/zero`).states.slice(1, 4)).toEqual([
    '0001_late skipped',
    '0001_posts edited',
    '0002_new applied',
  ])
  const [left] = await sql(
    `select count(*)::int as n from pg_stat_activity where application_name = 'migration-lint'`,
  )
  expect(left).toEqual({ n: 0 })
})

test('what drizzle-orm 1.0 has applied, by names', async () => {
  await sql('create database one')
  const name = (day: number) => `2026010${day}000000_m${day}`
  const folder = (days: number[]) =>
    Object.fromEntries(days.map((day) => [`drizzle/${name(day)}/migration.sql`, `SELECT ${day};`]))
  const cwd = project(
    { 'drizzle.config.ts': drizzleConfig(), ...folder([1, 3]) },
    { 'drizzle-orm': '1.0.0-rc.5', pg: '8.23.1' },
  )
  migrate(cwd, 'one')
  writeFiles(cwd, folder([2, 4]))
  rmSync(join(cwd, `drizzle/${name(3)}`), { recursive: true })
  const { states } = status(cwd, `${server.url}/one`)
  expect(states).toEqual([
    `${name(1)} applied`,
    `${name(2)} pending`,
    `${name(4)} pending`,
    `${name(3)} unknown`,
  ])
})

test('through postgres.js too, with the sizes of what is pending', async () => {
  await sql('create database sized')
  await sql(
    'create table users (id int); insert into users select generate_series(1, 5000); analyze users; create table posts ()',
    'sized',
  )
  const cwd = project(
    {
      'drizzle.config.ts': drizzleConfig(),
      'drizzle/meta/_journal.json': journalOf([
        ['0000_users', 1000],
        ['0001_posts', 2000],
      ]),
      'drizzle/0000_users.sql': 'CREATE TABLE "users" ("id" integer);CREATE TABLE "posts" ();',
      'drizzle/0001_posts.sql': 'ALTER TABLE "users" ALTER COLUMN "id" SET DATA TYPE bigint;',
    },
    { postgres: '3.4.7' },
  )
  const { told, code, stderr } = status(cwd, `${server.url}/sized`, '--save')
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(told).toMatchObject({
    table: null,
    tables: [{ name: 'users', rows: 5000, bytes: expect.any(Number) }],
  })
  const saved = readFileSync(join(cwd, 'migration-lint.sizes.json'), 'utf8')
  expect(JSON.parse(saved).projects['drizzle.config.ts'].tables.users.rows).toBe(5000)
})

test.each([
  [
    'a port where nobody listens',
    'postgres://u:canary-password@127.0.0.1:1/x',
    'nothing listens there',
  ],
  [
    'no address',
    'http://u:canary-password@127.0.0.1/x',
    'not the address of a PostgreSQL database',
  ],
  ['no such database', '', 'there is no such database'],
])('%s is one line', (_, url, said) => {
  const cwd = project(
    { 'drizzle.config.ts': drizzleConfig(), 'drizzle/meta/_journal.json': journalOf([]) },
    { pg: '8.23.1' },
  )
  const { code, stderr } = status(cwd, url || `${server.url}/absent`)
  expect(code).toBe(2)
  expect(stderr).toContain(said)
})
