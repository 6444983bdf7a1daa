import { beforeEach, describe, expect, test, vi } from 'vitest'
import { latestSnapshot } from '../../src/drizzle/kit/latestSnapshot.ts'
import { readMigrationFolder } from '../../src/drizzle/migrations/folder.ts'
import { replayDeployment } from '../../src/lint/judge.ts'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { useRepositories } from '../git/fixtures.ts'
import { type Migrations, checkIn, project, writeFiles } from './projects.ts'

vi.mock('../../src/drizzle/migrations/folder.ts', { spy: true })
vi.mock('../../src/drizzle/kit/latestSnapshot.ts', { spy: true })
vi.mock('../../src/lint/judge.ts', { spy: true })

const repositories = useRepositories()
const seen = [readMigrationFolder, latestSnapshot, replayDeployment].map((one) => vi.mocked(one))

beforeEach(() => {
  for (const one of seen) one.mockClear()
})

const users = 'CREATE TABLE "users" ("id" serial PRIMARY KEY);\n'
const DEPLOYED: Migrations = { '0000_users': users, '0001_posts': users.replace('users', 'posts') }
const PENDING: Migrations = { ...DEPLOYED, '0002_tags': users.replace('users', 'tags') }

/** The schema names a file, so that every family has something to do. */
const CONFIG = {
  'drizzle.config.ts': `export default { dialect: 'postgresql', out: './drizzle', schema: './schema.ts' }\n`,
  'schema.ts': 'export const nothing = 1\n',
}

/** How often each folder of each tree was read. */
function reads(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [tree, out] of vi.mocked(readMigrationFolder).mock.calls) {
    const key = `${out} of ${tree.label}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/** How often each migration was run, by the catalog it was run on. */
function replays(): Map<Catalog, Record<string, number>> {
  const counts = new Map<Catalog, Record<string, number>>()
  for (const [, start, sources] of vi.mocked(replayDeployment).mock.calls) {
    const own = counts.get(start) ?? {}
    counts.set(start, own)
    for (const { name } of sources) own[name] = (own[name] ?? 0) + 1
  }
  return counts
}

describe('all families together', () => {
  test('read each folder of migrations once per tree, and replay each migration once from each catalog', async () => {
    const { path, git, commit } = repositories.create()
    writeFiles(path, project(DEPLOYED, CONFIG))
    commit('what production has')
    git('checkout', '--quiet', '-b', 'feature')
    writeFiles(path, project(PENDING, CONFIG))
    git('add', '--all')
    const { counts } = await checkIn(path, { kind: 'staged' })
    expect(counts.migrationsJudged).toBe(1)
    expect(reads()).toEqual({ 'drizzle of the index': 1, 'drizzle of main': 1 })
    const each = [...replays().values()].flatMap((own) => Object.values(own))
    expect(each.length).toBeGreaterThan(0)
    expect(each.every((times) => times === 1)).toBe(true)
    // The newest snapshot of each tree is parsed for the comparison once, too.
    const trees = vi.mocked(latestSnapshot).mock.calls.map(([tree]) => tree.label)
    expect(trees).toEqual([...new Set(trees)])
  })

  test('replay the whole history once with --all', async () => {
    const folder = repositories.folder()
    writeFiles(folder, project(PENDING, CONFIG))
    await checkIn(folder, { kind: 'all' })
    expect(reads()).toEqual({ 'drizzle of the working directory': 1 })
    const runs = vi
      .mocked(replayDeployment)
      .mock.calls.flatMap(([, , sources]) => sources.map(({ name }) => name))
    expect(runs.sort()).toEqual(['0000_users', '0001_posts', '0002_tags'])
  })
})
