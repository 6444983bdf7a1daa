import { execFileSync } from 'node:child_process'
import { mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectMysql, MYSQL } from '../../../src/verify/mysql/connect.ts'
import { readOnlyMysql } from '../../../src/verify/mysql/readOnly.ts'
import { requireAddress } from '../../../src/verify/server/address.ts'
import { journalOf } from '../../drizzle/migrations/journals.ts'
import { installed } from '../../installed.ts'
import {
  type MysqlConnection,
  type MysqlServer,
  describeServer,
  mysqlServers,
  startMysql,
} from '../../servers/mysql.ts'
import { drizzleConfig, type Files, writeFiles } from '../projects.ts'
import { told } from './told.ts'

const PACKAGES = { 'drizzle-orm': '0.45.4', mysql2: '3.24.6' }
const MARIADB = { mariadb: '3.5.4' }

function project(files: Files, packages: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'migration-lint-status-'))
  writeFiles(folder, { 'package.json': '{}', ...files })
  symlinkSync(join(installed(packages), 'node_modules'), join(folder, 'node_modules'))
  return folder
}

describe.each(mysqlServers())('%s', (binary) => {
  const { name } = describeServer(binary)
  let server: MysqlServer
  let connection: MysqlConnection
  beforeAll(async () => {
    server = await startMysql(binary)
    connection = await server.connect()
    await connection.query('create database app')
    await connection.query('use app')
  })
  afterAll(async () => {
    await connection.end()
    await server.stop()
  })

  const journal = (entries: readonly (readonly [string, number])[]) => journalOf(entries, 'mysql')

  function migrate(cwd: string): void {
    const script = `import { drizzle } from 'drizzle-orm/mysql2'
      import { migrate } from 'drizzle-orm/mysql2/migrator'
      import mysql from 'mysql2/promise'
      const connection = await mysql.createConnection(${JSON.stringify(`${server.url}/app`)})
      await migrate(drizzle(connection), { migrationsFolder: 'drizzle' })
      await connection.end()`
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd })
  }

  test.each([PACKAGES, MARIADB])('what drizzle-orm has applied, through %j', async (driver) => {
    await connection.query('drop database app')
    await connection.query('create database app')
    await connection.query('use app')
    const files = {
      'drizzle.config.ts': drizzleConfig('./drizzle', 'mysql'),
      'drizzle/meta/_journal.json': journal([
        ['0000_users', 1000],
        ['0001_posts', 2000],
      ]),
      'drizzle/0000_users.sql': 'CREATE TABLE `users` (`id` int PRIMARY KEY);',
      'drizzle/0001_posts.sql': 'CREATE TABLE `posts` (`id` int PRIMARY KEY);',
    }
    migrate(project(files, PACKAGES))
    const cwd = project(
      {
        ...files,
        'drizzle/meta/_journal.json': journal([
          ['0000_users', 1000],
          ['0001_late', 1500],
          ['0001_posts', 2000],
          ['0002_new', 3000],
        ]),
        'drizzle/0001_posts.sql': 'CREATE TABLE `posts` (`id` bigint PRIMARY KEY);',
        'drizzle/0001_late.sql': 'SELECT 1;',
        'drizzle/0002_new.sql': 'ALTER TABLE `users` ADD `x` text;CREATE TABLE `more` (`id` int);',
      },
      driver,
    )
    const { states, ...rest } = await told(cwd, `${server.url}/app`, { sizes: true })
    expect(states).toEqual([
      '0000_users applied',
      '0001_late skipped',
      '0001_posts edited',
      '0002_new pending',
    ])
    expect(rest).toMatchObject({
      code: 1,
      server: name,
      table: '__drizzle_migrations',
      tables: [{ name: 'users', rows: 0, bytes: expect.any(Number) }],
    })
  })

  test('a database that is asked cannot be written to', async () => {
    await connection.query('create table t (a int)')
    const address = requireAddress(`${server.url}/app`, MYSQL)
    const client = await connectMysql(address, [installed(PACKAGES)])
    const asked = (sql: string) => readOnlyMysql(client, (database) => database.select(sql))
    for (const sql of [
      'delete from t',
      'select 1; delete from t',
      "select 1 into outfile '/tmp/x'",
    ]) {
      await expect(asked(sql), sql).rejects.toThrow('only SELECT is sent')
    }
    for (const sql of [
      'insert into t values (1)',
      'create table u (a int)',
      'alter table t add b int',
    ]) {
      const written = readOnlyMysql(client, () => client.exec(sql))
      await expect(written, sql).rejects.toThrow(/read.only/i)
    }
    await client.close()
  })

  test.each([
    ['postgres://u:canary@127.0.0.1/x', 'not the address of a MySQL database'],
    ['mysql://u:canary@127.0.0.1:1/x', 'nothing listens there'],
    ['mysql://u:canary@127.0.0.1:1/', 'names no database'],
  ])('%s is one line', async (url, said) => {
    const cwd = project(
      {
        'drizzle.config.ts': drizzleConfig('./drizzle', 'mysql'),
        'drizzle/meta/_journal.json': journal([]),
      },
      PACKAGES,
    )
    const error = await told(cwd, url).catch((thrown: unknown) => thrown as Error)
    expect((error as Error).message).toContain(said)
    expect((error as Error).message).not.toContain('canary')
  })
})
