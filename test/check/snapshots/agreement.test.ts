import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { compareSnapshots } from '../../../src/check/snapshots/compare.ts'
import { useRepositories } from '../../git/fixtures.ts'
import { CREATE_USERS, type Files, checkIn, project, writeFiles } from '../projects.ts'

vi.mock('../../../src/check/snapshots/compare.ts', { spy: true })

const repositories = useRepositories()
beforeEach(() => {
  // Unbuilt sources cache nothing.
  vi.stubGlobal('BUILD_ID', 'agreement')
  vi.mocked(compareSnapshots).mockClear()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

/** The snapshot of a table `users` with these columns, of these types. */
function snapshot(id: string, prevId: string, columns: Readonly<Record<string, string>>): string {
  const all = Object.entries(columns).map(([name, type]) => [
    name,
    { name, type, primaryKey: false, notNull: false },
  ])
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
        columns: { id: key, ...Object.fromEntries(all) },
      },
    },
  })
}

const ADD_BIO = 'ALTER TABLE "users" ADD COLUMN "bio" text;'
const WRONG_BIO = 'ALTER TABLE "users" ADD COLUMN "bio" varchar(9);'
const FIRST = { 'drizzle/meta/0000_snapshot.json': snapshot('a', 'none', { email: 'text' }) }
const SECOND = {
  ...FIRST,
  'drizzle/meta/0001_snapshot.json': snapshot('b', 'a', { email: 'text', bio: 'text' }),
}
const DEPLOYED = project({ '0000_users': CREATE_USERS }, FIRST)
const SOUND = project({ '0000_users': CREATE_USERS, '0001_bio': ADD_BIO }, SECOND)

/** A commit that brings a migration, checked once. */
async function checkedOnce() {
  const repository = repositories.create()
  writeFiles(repository.path, DEPLOYED)
  repository.commit('what production has')
  repository.git('checkout', '--quiet', '-b', 'feature')
  const stage = (files: Files) => {
    writeFiles(repository.path, files)
    repository.git('add', '--all')
  }
  const check = async () => {
    const { findings } = await checkIn(repository.path, { kind: 'staged' })
    return findings.filter(({ rule }) => rule === 'snapshot-mismatch').map(({ object }) => object)
  }
  stage(SOUND)
  expect(await check()).toEqual([])
  expect(compareSnapshots).toHaveBeenCalledTimes(1)
  return { repository, stage, check }
}

test('SQL and snapshots that agreed are not compared again', async () => {
  const { stage, check } = await checkedOnce()
  expect(await check()).toEqual([])
  stage({ 'src/other.ts': 'export {}' })
  expect(await check()).toEqual([])
  expect(compareSnapshots).toHaveBeenCalledTimes(1)
})

test('what does not agree is said each time', async () => {
  const { stage, check } = await checkedOnce()
  stage(project({ '0000_users': CREATE_USERS, '0001_bio': WRONG_BIO }, SECOND))
  expect(await check()).toEqual(['users.bio'])
  expect(await check()).toEqual(['users.bio'])
})

test.each<[string, Files]>([
  ['pending SQL', { 'drizzle/0001_bio.sql': WRONG_BIO }],
  [
    'a pending snapshot',
    { 'drizzle/meta/0001_snapshot.json': snapshot('b', 'a', { email: 'text', bio: 'integer' }) },
  ],
])('are compared again after a change of %s', async (_, files) => {
  const { stage, check } = await checkedOnce()
  stage(files)
  expect(await check()).toEqual(['users.bio'])
})

test.each<[string, Files]>([
  ['deployed SQL', { 'drizzle/0000_users.sql': `${CREATE_USERS}\n-- changed\n` }],
  [
    'a deployed snapshot',
    { 'drizzle/meta/0000_snapshot.json': snapshot('a', 'none', { email: 'varchar' }) },
  ],
])('are compared again after a change of %s', async (_, files) => {
  const { repository, check } = await checkedOnce()
  repository.git('stash', '--quiet')
  repository.git('checkout', '--quiet', 'main')
  writeFiles(repository.path, files)
  repository.commit('production changes')
  repository.git('checkout', '--quiet', 'feature')
  repository.git('merge', '--quiet', 'main')
  repository.git('stash', 'pop', '--quiet', '--index')
  await check()
  expect(compareSnapshots).toHaveBeenCalledTimes(2)
})

test('are compared again for another version of PostgreSQL', async () => {
  const { stage, check } = await checkedOnce()
  stage({
    'migration-lint.config.json':
      '{ "projects": [{ "config": "drizzle.config.ts", "postgres": { "version": 12 } }] }',
  })
  await check()
  expect(compareSnapshots).toHaveBeenCalledTimes(2)
})
