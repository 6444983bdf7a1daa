import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { expect, test } from 'vitest'
import { migrateByDrizzle } from '../../../src/verify/sqlite/ownMigrator.ts'
import { otherwise } from '../../../src/verify/sqlite/secondRun.ts'
import { installed } from '../../installed.ts'

const ORMS = [
  ['0.45.4', join(import.meta.dirname, '../../..')],
  ['1.0.0-rc.5', installed({ 'drizzle-orm': '1.0.0-rc.5', '@libsql/client': '0.18.0' })],
] as const

test.each(ORMS)('drizzle-orm %s itself runs a deployment on a file', async (version, from) => {
  const folder = mkdtempSync(join(tmpdir(), 'migration-lint-own-'))
  const file = join(folder, 'a.db')
  const common = { driver: 'libsql', from: [from], file, keys: false } as const
  const run = (...texts: string[]) =>
    migrateByDrizzle({
      ...common,
      folder: mkdtempSync(join(folder, 'm')),
      migrations: texts.map((text, at) => ({ name: String(at), text })),
    })
  const orm = `drizzle-orm ${version}`
  expect(await run('CREATE TABLE `a` (`id` integer);', 'INSERT INTO `a` VALUES (1), (2);')).toEqual(
    {
      orm,
      error: null,
    },
  )
  const client = createClient({ url: `file:${file}` })
  const { rows } = await client.execute('SELECT count(*) AS n FROM a')
  expect(rows[0]?.['n']).toBe(2)
  client.close()
})

test('a driver that is not there, or that drizzle-orm has no migrate for, gives no opinion', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'migration-lint-own-'))
  const run = { from: [ORMS[0][1]], file: join(folder, 'a.db'), keys: true, folder, migrations: [] }
  expect(await migrateByDrizzle({ ...run, driver: 'better-sqlite3' })).toBeNull()
  expect(await migrateByDrizzle({ ...run, driver: 'sql-js' })).toBeNull()
})

test('what the two disagree on is said with both sides', () => {
  const rows = (count: number) => new Map([['posts', count]])
  const through = { orm: 'drizzle-orm 0.45.4', error: null }
  expect(otherwise({ error: null, rows: rows(0) }, through, rows(50))).toEqual([
    expect.stringContaining('posts has 50 rows afterwards, and here 0'),
  ])
  expect(otherwise({ error: 'no such table: x', rows: null }, through, rows(50))).toEqual([
    expect.stringContaining('it went through, where verify was refused (no such table: x)'),
  ])
  expect(otherwise({ error: null, rows: rows(50) }, through, rows(50))).toEqual([])
})
