import { describe, expect, test } from 'vitest'
import { readMigrationFolder } from '../../../src/drizzle/migrations/folder.ts'
import { latestSnapshot } from '../../../src/drizzle/kit/latestSnapshot.ts'
import { journal } from '../migrations/journals.ts'
import { memoryTree } from '../memoryTree.ts'

const latest = (files: Readonly<Record<string, string>>, out = 'drizzle') => {
  const tree = memoryTree(files)
  return latestSnapshot(tree, readMigrationFolder(tree, out))
}
const META = 'drizzle/meta'
const whole = {
  [`${META}/_journal.json`]: journal(['0000_a', '0001_b']),
  [`${META}/0000_snapshot.json`]: '{ "id": "a", "tables": {} }',
  [`${META}/0001_snapshot.json`]: '{ "id": "b", "tables": {} }',
  'drizzle/0000_a.sql': 'SELECT 1;',
  'drizzle/0001_b.sql': 'SELECT 2;',
}
const without = (path: string) =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => name !== path))

describe('the newest snapshot', () => {
  test('is the last by name', () => {
    expect(latest(whole)).toEqual({
      file: `${META}/0001_snapshot.json`,
      snapshot: { id: 'b', tables: {} },
      incomplete: [],
      broken: null,
    })
  })

  test('may begin with a byte order mark', () => {
    expect(
      latest({ ...whole, [`${META}/0001_snapshot.json`]: '\uFEFF{ "id": "b", "tables": {} }' })
        .snapshot,
    ).toEqual({ id: 'b', tables: {} })
  })

  test('does not count without its SQL', () => {
    const { file, incomplete } = latest(without('drizzle/0001_b.sql'))
    expect(file).toBe(`${META}/0000_snapshot.json`)
    expect(incomplete).toEqual([
      {
        name: '0001_b',
        present: [`${META}/0001_snapshot.json`, `${META}/_journal.json`],
        missing: ['drizzle/0001_b.sql'],
      },
    ])
  })

  test('does not count without its entry in the journal', () => {
    const { file, incomplete } = latest({
      ...whole,
      [`${META}/_journal.json`]: journal(['0000_a']),
    })
    expect(file).toBe(`${META}/0000_snapshot.json`)
    expect(incomplete).toEqual([
      {
        name: '0001_b',
        present: [`${META}/0001_snapshot.json`, 'drizzle/0001_b.sql'],
        missing: [`${META}/_journal.json`],
      },
    ])
  })

  test('does not count without either', () => {
    const files = {
      ...without('drizzle/0001_b.sql'),
      [`${META}/_journal.json`]: journal(['0000_a']),
    }
    expect(latest(files).incomplete).toEqual([
      {
        name: '0001',
        present: [`${META}/0001_snapshot.json`],
        missing: ['drizzle/0001_….sql', `${META}/_journal.json`],
      },
    ])
  })

  test('is the one before where a migration has none', () => {
    expect(latest(without(`${META}/0001_snapshot.json`))).toMatchObject({
      file: `${META}/0000_snapshot.json`,
      incomplete: [],
    })
  })

  test('is none in an empty folder, or one without snapshots', () => {
    const none = { file: null, snapshot: null, incomplete: [], broken: null }
    expect(latest({})).toEqual(none)
    expect(
      latest({ [`${META}/_journal.json`]: journal(['0000_a']), 'drizzle/0000_a.sql': '' }),
    ).toEqual(none)
  })

  test.each([
    ['no JSON', '<<<<<<< HEAD', `${META}/0001_snapshot.json is not valid JSON`],
    ['no snapshot', '[]', `${META}/0001_snapshot.json is not a drizzle-kit snapshot`],
    ['null', 'null', `${META}/0001_snapshot.json is not a drizzle-kit snapshot`],
  ])('cannot be %s', (_name, content, broken) => {
    expect(latest({ ...whole, [`${META}/0001_snapshot.json`]: content })).toMatchObject({
      snapshot: null,
      broken,
    })
  })

  test('other files in the folder are none', () => {
    expect(
      latest({
        ...whole,
        [`${META}/.DS_Store`]: '',
        [`${META}/notes.md`]: '',
        [`${META}/old/0009_snapshot.json`]: '{}',
      }).file,
    ).toBe(`${META}/0001_snapshot.json`)
  })

  test('the folder may be the top one', () => {
    const top = Object.fromEntries(
      Object.entries(whole).map(([path, content]) => [path.replace('drizzle/', ''), content]),
    )
    expect(latest(top, '').file).toBe('meta/0001_snapshot.json')
  })

  test('of 1.0 does not count without its SQL', () => {
    const files = {
      'drizzle/20260101000000_a/migration.sql': '',
      'drizzle/20260101000000_a/snapshot.json': '{}',
      'drizzle/20260102000000_b/snapshot.json': '{}',
    }
    expect(latest(files).incomplete).toEqual([
      {
        name: '20260102000000_b',
        present: ['drizzle/20260102000000_b/snapshot.json'],
        missing: ['drizzle/20260102000000_b/migration.sql'],
      },
    ])
  })
})
