import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AppliedRow } from '../../../src/check/status/asked.ts'
import { compareApplied } from '../../../src/check/status/compareApplied.ts'
import { readMigrationFolder } from '../../../src/drizzle/migrations/folder.ts'
import { journalOf } from '../../drizzle/migrations/journals.ts'
import { memoryTree } from '../../drizzle/memoryTree.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const row = (text: string, createdAt: number, name: string | null = null): AppliedRow => ({
  hash: hash(text),
  createdAt,
  name,
})

function statusOf(files: Record<string, string>, rows: readonly AppliedRow[]) {
  const tree = memoryTree(files)
  const folder = readMigrationFolder(tree, 'drizzle')
  const sources = folder.migrations.map(({ name, file }) => ({ name, file, text: files[file]! }))
  return compareApplied(folder, sources, { rows, byName: false }).map(
    ({ name, state }) => `${name} ${state}`,
  )
}

test('0.x goes by the time of the last row, and by nothing else', () => {
  const files = {
    'drizzle/meta/_journal.json': journalOf([
      ['0000_a', 100],
      ['0001_windows', 200],
      ['0002_edited', 300],
      ['0003_late', 250],
      ['0004_moved', 401],
      ['0005_new', 900],
    ]),
    'drizzle/0000_a.sql': 'SELECT 1;',
    'drizzle/0001_windows.sql': 'SELECT 1;\r\nSELECT 2;\r\n',
    'drizzle/0002_edited.sql': 'SELECT 3;',
    'drizzle/0003_late.sql': 'SELECT 4;',
    'drizzle/0004_moved.sql': 'SELECT 5;',
    'drizzle/0005_new.sql': 'SELECT 6;',
  }
  const rows = [
    row('SELECT 1;', 100),
    row('SELECT 1;\nSELECT 2;\n', 200),
    row('SELECT 2;', 300),
    row('SELECT 5;', 400),
    row('-- gone', 500),
  ]
  expect(statusOf(files, rows)).toEqual([
    '0000_a applied',
    '0001_windows applied',
    '0002_edited edited',
    '0003_late skipped',
    '0004_moved applied',
    '0005_new pending',
    expect.stringMatching(/^[0-9a-f]{12}… unknown$/),
  ])
})

test('1.0 goes by names, and takes over what 0.x has applied by the second', () => {
  const files = Object.fromEntries(
    ['20260101000000_a', '20260102000000_b', '20260103000000_c'].map((name) => [
      `drizzle/${name}/migration.sql`,
      `-- ${name}`,
    ]),
  )
  const rows = [
    row('-- 20260101000000_a', Date.UTC(2026, 0, 1) + 123),
    row('-- other', 0, '20260103000000_c'),
  ]
  expect(statusOf(files, rows)).toEqual([
    '20260101000000_a applied',
    '20260102000000_b pending',
    '20260103000000_c edited',
  ])
})
