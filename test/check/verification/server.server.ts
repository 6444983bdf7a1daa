import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtCli } from '../../built.ts'
import { isolatedEnvironment } from '../../git/repository.ts'
import { installed } from '../../installed.ts'
import { type Server, startPostgres } from '../../servers/postgres.ts'
import { POSTGRES_VERSIONS } from '../../servers/shared.ts'
import { type Migrations, project, writeFiles } from '../projects.ts'

const CANARY = 'canary-password'
const BREAK = '--> statement-breakpoint\n'
const USERS = `CREATE TABLE "users" ("id" serial PRIMARY KEY, "email" text);${BREAK}
  CREATE TABLE "posts" ("id" serial PRIMARY KEY, "user_id" integer REFERENCES "users" ("id"));`

describe.each(POSTGRES_VERSIONS)('on PostgreSQL %i', (version) => {
  let server: Server
  const url = () => server.url.replace('postgres@', `verify:${CANARY}@`)

  beforeAll(async () => {
    server = await startPostgres(version)
    sql(`create role verify login createdb password '${CANARY}'`)
    sql(`create role plain login password '${CANARY}'`)
    sql('create database app owner verify')
  })
  afterAll(() => server.stop())

  function sql(text: string): Record<string, unknown>[] {
    const script = `import pg from 'pg'
      const client = new pg.Client({ connectionString: ${JSON.stringify(`${server.url}/postgres`)} })
      await client.connect()
      console.log(JSON.stringify((await client.query(${JSON.stringify(text)})).rows))
      await client.end()`
    const cwd = installed({ pg: '8.23.1' })
    const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd })
    return JSON.parse(out.toString())
  }

  const databases = () =>
    sql('select datname from pg_database order by 1').map((row) => row.datname)

  function command(pending: Migrations, address: string, driver: Record<string, string>) {
    const cwd = mkdtempSync(join(tmpdir(), 'migration-lint-url-'))
    writeFiles(cwd, { 'package.json': '{}', ...project({ '0000_users': USERS, ...pending }) })
    symlinkSync(join(installed(driver), 'node_modules'), join(cwd, 'node_modules'))
    const args = [builtCli(), 'verify', '--since', '0000_users', '--url', 'VERIFY_URL']
    return { args, options: { cwd, env: isolatedEnvironment({ VERIFY_URL: address }) } }
  }

  function verify(
    pending: Migrations,
    address = `${url()}/app`,
    driver: Record<string, string> = { pg: '8.23.1' },
    ...more: string[]
  ) {
    const { args, options } = command(pending, address, driver)
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, ...more], {
      ...options,
      encoding: 'utf8',
    })
    expect(stdout + stderr).not.toContain(CANARY)
    return { status, text: stdout + stderr }
  }

  test.each([[{ pg: '8.23.1' }], [{ postgres: '3.4.7' }]])(
    'it runs in a database of its own, through %o, and leaves nothing',
    (driver) => {
      const before = databases()
      const { status, text } = verify(
        {
          '0001_wide': `ALTER TABLE "users" ALTER COLUMN "id" SET DATA TYPE bigint;${BREAK}
            ALTER TABLE "posts" ADD COLUMN "title" text NOT NULL;`,
          '0002_apart': `COMMIT;${BREAK}CREATE INDEX CONCURRENTLY "posts_user" ON "posts" ("user_id");`,
        },
        undefined,
        driver,
      )
      expect(text).toContain(`Ran 2 migrations (4 statements) on PostgreSQL ${version}`)
      expect(text).toMatch(/error {2}change-column-type {2}users.id {2}\(measured\)/)
      expect(text).toMatch(
        /error {2}required-column-without-default {2}posts.title {2}\(measured\)/,
      )
      expect(status).toBe(1)
      expect(databases()).toEqual(before)
      expect(
        sql("select 1 from pg_stat_activity where application_name like 'migration%'"),
      ).toEqual([])
    },
  )

  test('what reaches beyond it is not run, nor by a role to whom nothing is forbidden, nor elsewhere', () => {
    const before = databases()
    const dangers = [
      'CREATE ROLE "intruder";',
      "ALTER SYSTEM SET work_mem = '1GB';",
      "DO $$ BEGIN EXECUTE 'CREATE ROLE ' || 'intruder'; END $$;",
      "COPY users FROM PROGRAM 'true';",
      'DROP DATABASE "app";',
    ]
    const refused = verify({ '0001_danger': dangers.join(BREAK) })
    expect(refused.text.match(/nothing was run on the server/g)).toHaveLength(dangers.length)
    expect(refused.status).toBe(2)
    const harmless = { '0001_more': 'ALTER TABLE "users" ADD COLUMN "x" text;' }
    expect(verify(harmless, `${server.url}/postgres`).text).toContain('postgres is a superuser')
    expect(verify(harmless, `${url().replace('verify:', 'plain:')}/app`).text).toContain(
      'plain may not create a database',
    )
    const far = 'postgres://verify:canary-password@db.example.com/app'
    expect(verify(harmless, far).text).toContain('the server of --url is not on this machine')
    expect(databases()).toEqual(before)
  })

  test('what a preset needs of roles is stood in for, and none is created', () => {
    const before = sql('select rolname from pg_roles order by 1')
    const pending = {
      '0001_policy': `ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;${BREAK}
        CREATE POLICY "own" ON "users" TO "authenticated", anon USING (auth.uid() IS NOT NULL);${BREAK}
        GRANT SELECT ON "users" TO service_role;${BREAK}
        ALTER TABLE "posts" ADD COLUMN "author" uuid REFERENCES auth.users ("id");`,
    }
    const { args, options } = command(pending, `${url()}/app`, { pg: '8.23.1' })
    writeFiles(options.cwd, {
      'migration-lint.config.json': '{ "verify": { "presets": ["supabase"] } }',
    })
    const { stdout, stderr } = spawnSync(process.execPath, args, { ...options, encoding: 'utf8' })
    const text = (stdout + stderr).replace(/\s+/g, ' ')
    expect(text).toContain('does not have the roles anon, authenticated, service_role')
    expect(text).toContain('Ran 1 migration (4 statements)')
    expect(text).toContain('and the schema is where it was')
    expect(text).not.toContain('Could not check')
    expect(sql('select rolname from pg_roles order by 1')).toEqual(before)
  })

  test('a run that is killed leaves a database, which the next one drops; one that runs keeps its own', async () => {
    const before = databases()
    const endless = { '0001_wait': 'DO $$ BEGIN PERFORM pg_sleep(600); END $$;' }
    const start = () => {
      const { args, options } = command(endless, `${url()}/app`, { pg: '8.23.1' })
      return spawn(process.execPath, args, { ...options, stdio: 'ignore' })
    }
    const sleeping = async (count: number) => {
      for (;;) {
        const rows = sql("select 1 from pg_stat_activity where query like 'DO %pg_sleep%'")
        if (rows.length === count) return
        await wait(200)
      }
    }
    /** Ends what a killed client has left. A session is listed until its process is gone. */
    const endSessions = async () => {
      const ours = "from pg_stat_activity where application_name like 'migration%'"
      sql(`select pg_terminate_backend(pid) ${ours}`)
      while (sql(`select 1 ${ours}`).length > 0) await wait(200)
    }
    const killed = start()
    await sleeping(1)
    killed.kill('SIGKILL')
    await endSessions()
    expect(databases().length).toBeGreaterThan(before.length)
    const other = start()
    await sleeping(1)
    const held = databases()
    verify({ '0001_more': 'ALTER TABLE "users" ADD COLUMN "x" text;' })
    expect(databases()).toEqual(held)
    expect(held.length - before.length).toBe(1)
    other.kill('SIGKILL')
    await endSessions()
    verify({ '0001_more': 'ALTER TABLE "users" ADD COLUMN "x" text;' })
    expect(databases()).toEqual(before)
  })

  test('a server that goes away half-way is a line', async () => {
    const { args, options } = command(
      { '0001_wait': 'DO $$ BEGIN PERFORM pg_sleep(600); END $$;' },
      `${url()}/app`,
      { pg: '8.23.1' },
    )
    const child = spawn(process.execPath, args, { ...options, stdio: 'pipe' })
    let text = ''
    child.stdout.on('data', (chunk) => (text += String(chunk)))
    for (;;) {
      if (sql("select 1 from pg_stat_activity where query like 'DO %pg_sleep%'").length > 0) break
      await wait(200)
    }
    sql("select pg_terminate_backend(pid) from pg_stat_activity where query like 'DO %pg_sleep%'")
    const code = await new Promise((resolve) => child.on('exit', resolve))
    expect(text).toContain('was lost: terminating connection due to administrator command')
    expect(text).not.toContain(CANARY)
    expect(code).toBe(2)
  })
})
