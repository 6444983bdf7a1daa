import { describe, expect, test } from 'vitest'
import { useRepositories } from '../../git/fixtures.ts'
import {
  CREATE_USERS,
  type Files,
  checkIn,
  journalFolder,
  project,
  writeFiles,
} from '../projects.ts'

const repositories = useRepositories()

/** A snapshot of a table `users` with these columns, all text, besides its id. */
function snapshot(id: string, prevId: string, columns: readonly string[]): string {
  const text = (name: string) => ({ name, type: 'text', primaryKey: false, notNull: false })
  const key = { name: 'id', type: 'serial', primaryKey: true, notNull: true }
  return JSON.stringify({
    id,
    prevId,
    version: '7',
    dialect: 'postgresql',
    tables: {
      'public.users': {
        name: 'users',
        schema: '',
        columns: { id: key, ...Object.fromEntries(columns.map((name) => [name, text(name)])) },
      },
    },
  })
}

const ADD = 'ALTER TABLE "users" ADD COLUMN "bio" varchar(9);'
const FIRST = { 'drizzle/meta/0000_snapshot.json': snapshot('a', 'none', ['email']) }
const SECOND = { ...FIRST, 'drizzle/meta/0001_snapshot.json': snapshot('b', 'a', ['email', 'bio']) }
const BASE: Files = project({ '0000_users': CREATE_USERS }, FIRST)
const MISMATCH: Files = project({ '0000_users': CREATE_USERS, '0001_bio': ADD }, SECOND)
const FOUND = 'snapshot-mismatch users.bio drizzle/0001_bio.sql 0-47'

async function found(
  path: string,
  ...more: Parameters<typeof checkIn> extends [string, ...infer R] ? R : never
) {
  const { findings, problems } = await checkIn(path, ...more)
  expect(problems).toEqual([])
  return findings
    .filter(({ rule }) => rule === 'snapshot-mismatch')
    .map(
      ({ rule, object, file, range }) => `${rule} ${object} ${file} ${range?.start}-${range?.end}`,
    )
}

function branch(deployed: Files, added: Files) {
  const repository = repositories.create()
  writeFiles(repository.path, deployed)
  repository.commit('what production has')
  repository.git('checkout', '--quiet', '-b', 'feature')
  writeFiles(repository.path, added)
  return repository
}

describe('a snapshot that the SQL does not lead to', () => {
  test('is reported at the statement that did it, when it is pending', async () => {
    expect(await found(branch(BASE, MISMATCH).path)).toEqual([FOUND])
  })

  test('is not reported again once it is deployed, but with --all', async () => {
    const { path } = branch(MISMATCH, {})
    expect(await found(path)).toEqual([])
    expect(await found(path, { kind: 'all' })).toEqual([FOUND])
    const later = journalFolder({
      '0000_users': CREATE_USERS,
      '0001_bio': ADD,
      '0002_more': 'SELECT 1;',
    })
    writeFiles(path, {
      ...later,
      'drizzle/meta/0002_snapshot.json': snapshot('c', 'b', ['email', 'bio']),
    })
    expect(await found(path)).toEqual([])
  })

  test('is reported by the hook when it is staged, and by no other commit', async () => {
    const { path, git } = branch(BASE, MISMATCH)
    writeFiles(path, { 'a.txt': 'a' })
    git('add', 'a.txt')
    expect(await found(path, { kind: 'staged' })).toEqual([])
    git('add', '--all')
    expect(await found(path, { kind: 'staged' })).toEqual([FOUND])
  })

  test('is not looked for when the rule or the family is off', async () => {
    const { path } = branch(BASE, MISMATCH)
    expect(await found(path, undefined, { only: ['migration'] })).toEqual([])
    writeFiles(path, {
      'migration-lint.config.json': '{ "rules": { "snapshot-mismatch": "off" } }',
    })
    expect(await found(path)).toEqual([])
  })

  test('is dropped with the baseline, and can be acknowledged', async () => {
    const { path } = branch(BASE, MISMATCH)
    const acknowledged = [{ migration: '0001_bio', rule: 'snapshot-mismatch', reason: 'known' }]
    writeFiles(path, { 'migration-lint.config.json': JSON.stringify({ acknowledged }) })
    const { findings } = await checkIn(path)
    expect(findings.map(({ rule, suppressed }) => [rule, suppressed])).toEqual([
      ['snapshot-mismatch', { reason: 'known' }],
    ])
    writeFiles(path, {
      'migration-lint.config.json': JSON.stringify({
        projects: [{ config: 'drizzle.config.ts', baseline: '0001_bio' }],
      }),
    })
    expect(await found(path)).toEqual([])
  })
})

test('a migration that is not text, or a snapshot that is none, is not compared', async () => {
  const { path } = branch(BASE, { ...MISMATCH, 'drizzle/meta/0001_snapshot.json': '<<<<<<< ours' })
  expect(await found(path)).toEqual([])
})
