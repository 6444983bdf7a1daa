import { expect, test } from 'vitest'
import type { Store } from '../../src/cache/store.ts'
import { createBlobReader } from '../../src/git/blobs.ts'
import { originHead } from '../../src/git/commitHistory.ts'
import { openGit } from '../../src/git/git.ts'
import { openKeptObjects } from '../../src/git/keptObjects.ts'
import { createCommitTree } from '../../src/git/objectTree.ts'
import { useRepositories } from './fixtures.ts'
import { type Repository, isolatedEnvironment } from './repository.ts'

const repositories = useRepositories()

function memory(): Store {
  const values = new Map<string, unknown>()
  return {
    get: (key) => structuredClone(values.get(key)),
    set: (key, value) => void values.set(key, structuredClone(value)),
  }
}

/** A run: the tree of HEAD, and what git was asked for. */
function run({ path }: Repository, store: Store | null) {
  const git = openGit(path, isolatedEnvironment(), originHead)
  const asked: string[] = []
  const listening = {
    ...git,
    run: (...given: Parameters<typeof git.run>) => {
      asked.push(given[0][0]!)
      return git.run(...given)
    },
  }
  const kept = openKeptObjects(store)
  const blobs = createBlobReader(listening, kept)
  return { tree: createCommitTree(listening, blobs, git.head.commit!, 'HEAD', kept), asked }
}

function repositoryOf(files: Readonly<Record<string, string>>): Repository {
  const repository = repositories.create()
  for (const [path, content] of Object.entries(files)) repository.write(path, content)
  repository.commit('one')
  return repository
}

test('a run asks git for nothing that the one before it has read', () => {
  const repository = repositoryOf({ 'drizzle/a.sql': 'SELECT 1', 'drizzle/b.sql': 'SELECT 2' })
  const store = memory()
  const first = run(repository, store)
  const files = first.tree.list('drizzle')
  expect(`${first.tree.read('drizzle/a.sql')}`).toBe('SELECT 1')
  expect(first.asked).toEqual(['ls-tree', 'cat-file'])

  const second = run(repository, store)
  expect(second.tree.list('drizzle')).toEqual(files)
  expect(second.tree.read('drizzle/a.sql')).toEqual(Buffer.from('SELECT 1'))
  expect(second.asked).toEqual([])
})

test('another commit, another folder and another file are asked for', () => {
  const repository = repositoryOf({ 'drizzle/a.sql': 'SELECT 1', 'other/b.sql': 'SELECT 2' })
  const store = memory()
  run(repository, store).tree.read('drizzle/a.sql')

  const folder = run(repository, store)
  expect(folder.tree.list('other').map(({ path }) => path)).toEqual(['other/b.sql'])
  expect(`${folder.tree.read('other/b.sql')}`).toBe('SELECT 2')
  expect(folder.asked).toEqual(['ls-tree', 'cat-file'])

  repository.write('drizzle/a.sql', 'SELECT 3')
  repository.commit('two')
  const commit = run(repository, store)
  expect(`${commit.tree.read('drizzle/a.sql')}`).toBe('SELECT 3')
  expect(commit.asked).toEqual(['ls-tree', 'cat-file'])
})

test('only what the last run used is kept', () => {
  const repository = repositoryOf({ 'a.sql': 'SELECT 1', 'b.sql': 'SELECT 2', 'c.sql': 'SELECT 3' })
  const store = memory()
  run(repository, store).tree.read('a.sql')
  run(repository, store).tree.read('b.sql')
  run(repository, store).tree.read('c.sql')
  const last = run(repository, store)
  last.tree.read('c.sql')
  expect(last.asked).toEqual([])
  last.tree.read('a.sql')
  expect(last.asked).toEqual(['ls-tree', 'cat-file'])
})

test('large contents are read each time', () => {
  const repository = repositoryOf({ 'a.sql': `SELECT '${'x'.repeat(1_000_000)}'` })
  const store = memory()
  const size = run(repository, store).tree.read('a.sql')?.length
  const second = run(repository, store)
  expect(second.tree.read('a.sql')?.length).toBe(size)
  expect(second.asked).toEqual(['cat-file'])
})

test('an id stands for its own content, whatever git replace puts in its place', () => {
  const repository = repositoryOf({ 'a.sql': 'SELECT 1', 'b.sql': 'SELECT 2' })
  repository.git(
    'replace',
    repository.git('rev-parse', 'HEAD:a.sql'),
    repository.git('rev-parse', 'HEAD:b.sql'),
  )
  const store = memory()
  expect(`${run(repository, store).tree.read('a.sql')}`).toBe('SELECT 1')
  expect(`${run(repository, store).tree.read('a.sql')}`).toBe('SELECT 1')
})
