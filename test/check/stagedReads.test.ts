import { expect, test } from 'vitest'
import { historyRules, migrationRules, snapshotRules } from '../../rules/index.ts'
import type { Run } from '../../src/check/families.ts'
import { checkHistory } from '../../src/check/history/checkHistory.ts'
import { checkMigrations } from '../../src/check/migrations/checkMigrations.ts'
import { checkSnapshots } from '../../src/check/snapshots/checkSnapshots.ts'
import { ProjectReading } from '../../src/check/projectReading.ts'
import { targetOf } from '../../src/check/target.ts'
import { discoverProjects } from '../../src/drizzle/find/discover.ts'
import { recordingTree } from '../../src/git/recordingTree.ts'
import { loadEngine } from '../../src/dialects/postgres/load.ts'
import { activeRules } from '../../src/lint/settings.ts'
import { useRepositories } from '../git/fixtures.ts'
import { isolatedEnvironment } from '../git/repository.ts'
import { writeFiles } from './projects.ts'
import { history } from './history/histories.ts'

const made = useRepositories()

/** A project of so many migrations; each makes a table, and its snapshot is a real one. */
function projectOf(count: number): Record<string, string | Buffer> {
  const entries = Array.from({ length: count }, (_, i) => ({
    tag: `${String(i).padStart(4, '0')}_m`,
  }))
  const files: Record<string, string | Buffer> = { ...history(entries) }
  entries.forEach((_, i) => {
    const path = `drizzle/meta/${String(i).padStart(4, '0')}_snapshot.json`
    const tables = Object.fromEntries(
      entries.slice(0, i + 1).map(({ tag }) => [
        `public.t_${tag}`,
        {
          name: `t_${tag}`,
          schema: '',
          columns: { id: { name: 'id', type: 'integer', notNull: false } },
        },
      ]),
    )
    const links = JSON.parse(String(files[path])) as object
    files[path] = JSON.stringify({ ...links, tables }, null, 2)
  })
  return files
}

type Check = typeof checkHistory

/** The SQL and snapshots that a check of what is staged reads, of the index and of what is deployed. */
async function readBy(check: Check, path: string) {
  const options = {
    cwd: path,
    env: isolatedEnvironment(),
    selection: { kind: 'staged' },
    projects: [],
    only: null,
    config: null,
  } as const
  const target = await targetOf(options, {})
  const { projects } = await discoverProjects(target.after, undefined)
  const [after, deployed] = [recordingTree(target.after), recordingTree(target.deployed!)]
  const run: Run = {
    ...target,
    here: '',
    migrations: checkMigrations,
    verify: {},
    only: ['history'],
    after,
    disk: after,
    deployed,
    deployedProjects: null,
    syncOff: null,
    env: [],
    since: null,
    saidUnread: new Set(),
    onlyReason: '--only',
    // The same tree asks the same questions.
    target: target.target === target.deployed ? deployed : target.target,
    split: (folder, folderIn) => {
      const split = target.split(folder, folderIn)
      return { ...split, deployedTree: deployed }
    },
    rules: migrationRules,
    active: {
      sync: [],
      drift: [],
      migration: [],
      history: activeRules(historyRules, {}),
      snapshot: activeRules(snapshotRules, {}),
    },
    claimed: new Set(),
    acknowledged: [],
    store: null,
    engineOf: () => loadEngine(),
  }
  const { findings, problems } = await check(run, new ProjectReading(run, projects[0]!))
  expect(problems).toEqual([])
  const files = ({ asked }: typeof after) =>
    [...asked]
      .filter((name) => /\.sql$|_snapshot\.json$/.test(name))
      .map((name) => name.replace('drizzle/', ''))
      .sort()
  return { rules: findings.map(({ rule }) => rule), index: files(after), deployed: files(deployed) }
}

/** Twenty deployed migrations, three more on the branch, and some files staged. */
function repository(staged: Record<string, string | Buffer>) {
  const { path, git, commit } = made.create()
  writeFiles(path, projectOf(20))
  commit('what production has')
  git('checkout', '--quiet', '-b', 'feature')
  writeFiles(path, projectOf(23))
  commit('pending')
  writeFiles(path, staged)
  git('add', '--all')
  return path
}

test('of 24 snapshots, the staged one and the one before it tell whether they hang together', async () => {
  const { index, deployed } = await readBy(checkHistory, repository(projectOf(24)))
  expect(index.filter((name) => name.endsWith('.json'))).toEqual([
    'meta/0022_snapshot.json',
    'meta/0023_snapshot.json',
  ])
  expect(deployed).toEqual([])
})

test('of an earlier snapshot that a commit touches, both neighbours are read, and the last', async () => {
  const file = 'drizzle/meta/0005_snapshot.json'
  const path = repository({ [file]: JSON.stringify(JSON.parse(String(projectOf(6)[file]))) })
  const { index } = await readBy(checkHistory, path)
  expect(index).toEqual(
    ['0004', '0005', '0006', '0022'].map((prefix) => `meta/${prefix}_snapshot.json`),
  )
  // It is deployed: nothing that is pending stands on it.
  expect(await readBy(checkSnapshots, path)).toEqual({ rules: [], index: [], deployed: [] })
})

test('of 24 migrations, the staged one is replayed on the snapshot before it', async () => {
  const change = { 'drizzle/0023_m.sql': 'CREATE TABLE "t_0023_m" ("id" bigint);' }
  expect(await readBy(checkSnapshots, repository({ ...projectOf(24), ...change }))).toEqual({
    rules: ['snapshot-mismatch'],
    index: ['0023_m.sql', 'meta/0022_snapshot.json', 'meta/0023_snapshot.json'],
    deployed: [],
  })
})
