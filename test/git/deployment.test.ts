import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeEach, describe, expect, it } from 'vitest'

import { resolveTrees } from '../../src/git/deployment.ts'
import type { DeploymentTrees } from '../../src/git/deployment.ts'
import type { Tree } from '../../src/git/tree.ts'
import { problemOf, selection, useRepositories } from './fixtures.ts'
import { openRepository } from './repository.ts'
import type { Repository } from './repository.ts'

const repositories = useRepositories()

const paths = (tree: Tree): string[] => tree.list('').map(({ path }) => path)

/** Commits one file of that name. */
const commitFile = (repository: Repository, name: string): string => {
  repository.write(name, `${name}\n`)
  return repository.commit(name)
}

const states = (trees: DeploymentTrees) => ({
  base: trees.base,
  deployed: paths(trees.deployed),
  target: paths(trees.target),
  after: paths(trees.after),
})

/** A remote whose main has `one`, and a clone of it. */
let remote: Repository
let clone: Repository
beforeEach(() => {
  remote = repositories.create()
  commitFile(remote, 'one')
  clone = repositories.clone(remote)
})

describe('on a feature branch', () => {
  it('production has the merge base, and the target is the tip of the moved branch', async () => {
    clone.git('checkout', '-q', '-b', 'feature')
    commitFile(clone, 'feature')
    commitFile(remote, 'two')
    clone.git('fetch', '-q')
    clone.write('untracked', '')

    expect(states(await resolveTrees(selection(clone.path)))).toEqual({
      base: 'origin/main',
      deployed: ['one'],
      target: ['one', 'two'],
      after: ['feature', 'one', 'untracked'],
    })
  })

  it('is the same seen from a subfolder', async () => {
    clone.git('checkout', '-q', '-b', 'feature')
    commitFile(clone, 'packages/db/0000.sql')

    const trees = await resolveTrees(selection(join(clone.path, 'packages/db')))
    expect(trees.root).toBe(clone.path)
    expect(trees.gitDir).toBe(join(clone.path, '.git'))
    expect(paths(trees.deployed)).toEqual(['one'])
    expect(paths(trees.after)).toEqual(['one', 'packages/db/0000.sql'])
    expect(`${trees.after.read('packages/db/0000.sql')}`).toBe('packages/db/0000.sql\n')
  })

  it('is the same with HEAD detached', async () => {
    commitFile(clone, 'two')
    clone.git('checkout', '-q', '--detach')

    expect(await resolveTrees(selection(clone.path)).then(states)).toEqual({
      base: 'origin/main',
      deployed: ['one'],
      target: ['one'],
      after: ['one', 'two'],
    })
  })

  it('believes origin rather than a local branch that lags behind', async () => {
    clone.git('checkout', '-q', '-b', 'feature')
    commitFile(remote, 'two')
    clone.git('fetch', '-q')
    clone.git('merge', '-q', 'origin/main')

    const trees = await resolveTrees(selection(clone.path, { mode: 'base', base: 'main' }))
    expect(trees.base).toBe('origin/main')
    expect(paths(trees.deployed)).toEqual(['one', 'two'])
  })

  it('finds main or master where origin has not told its default branch', async () => {
    clone.git('remote', 'set-head', 'origin', '--delete')
    clone.git('checkout', '-q', '-b', 'feature')
    commitFile(clone, 'feature')

    for (const mode of ['default', 'staged'] as const) {
      const trees = await resolveTrees(selection(clone.path, { mode }))
      expect(trees.base).toBe('origin/main')
      expect(paths(trees.deployed)).toEqual(['one'])
    }
    clone.git('branch', '-m', 'main', 'master')
    clone.git('update-ref', '-d', 'refs/remotes/origin/main')
    expect((await resolveTrees(selection(clone.path))).base).toBe('master')
  })

  it('takes a sole remote of another name for origin', async () => {
    clone.git('remote', 'rename', 'origin', 'github')
    clone.git('checkout', '-q', '-b', 'feature')
    commitFile(clone, 'feature')

    expect((await resolveTrees(selection(clone.path))).base).toBe('github/main')
  })

  it('compares with what the configuration names', async () => {
    commitFile(remote, 'unreleased')
    remote.git('branch', 'production', 'HEAD~1')
    clone.git('fetch', '-q')
    clone.git('merge', '-q', '--ff-only', 'origin/main')
    clone.git('checkout', '-q', '-b', 'feature')

    const trees = await resolveTrees(selection(clone.path, { configuredBase: 'production' }))
    expect(trees.base).toBe('origin/production')
    expect(paths(trees.deployed)).toEqual(['one'])
    expect(
      (
        await resolveTrees(
          selection(clone.path, {
            configuredBase: 'origin/production',
          }),
        )
      ).base,
    ).toBe('origin/production')
  })

  it('lets --base win over the configuration', async () => {
    commitFile(clone, 'two')
    commitFile(clone, 'three')

    const trees = await resolveTrees(
      selection(clone.path, {
        mode: 'base',
        base: 'HEAD~1',
        configuredBase: 'nonsense',
      }),
    )
    expect(states(trees)).toMatchObject({ base: 'HEAD~1', deployed: ['one', 'two'] })
  })

  it('takes tags and commit ids for a base', async () => {
    clone.git('tag', 'v1')
    const two = commitFile(clone, 'two')
    commitFile(clone, 'three')

    for (const [base, deployed] of [
      ['v1', ['one']],
      [two, ['one', 'two']],
    ] as const) {
      const trees = await resolveTrees(selection(clone.path, { mode: 'base', base }))
      expect(paths(trees.deployed)).toEqual(deployed)
    }
  })
})

describe('on the production branch', () => {
  it('production has the upstream', async () => {
    commitFile(clone, 'two')
    commitFile(remote, 'meanwhile')
    clone.git('fetch', '-q')

    expect(states(await resolveTrees(selection(clone.path)))).toEqual({
      base: 'origin/main',
      deployed: ['one'],
      target: ['meanwhile', 'one'],
      after: ['one', 'two'],
    })
  })

  it('follows an upstream of another name', async () => {
    remote.git('checkout', '-q', '-b', 'live')
    commitFile(remote, 'live')
    clone.git('fetch', '-q')
    clone.git('merge', '-q', 'origin/live')
    clone.git('branch', '-q', '--set-upstream-to=origin/live')

    for (const given of [{}, { configuredBase: 'main' }]) {
      const trees = await resolveTrees(selection(clone.path, given))
      expect(trees.base).toBe('origin/live')
      expect(paths(trees.deployed)).toEqual(['live', 'one'])
    }
  })

  it("has origin's branch where no upstream is set", async () => {
    clone.git('branch', '--unset-upstream')
    commitFile(clone, 'two')

    expect((await resolveTrees(selection(clone.path))).base).toBe('origin/main')
  })

  it('has HEAD in a repository without a remote: only uncommitted work is pending', async () => {
    remote.write('uncommitted', '')

    expect(states(await resolveTrees(selection(remote.path)))).toEqual({
      base: 'HEAD',
      deployed: ['one'],
      target: ['one'],
      after: ['one', 'uncommitted'],
    })
    expect((await resolveTrees(selection(remote.path, { configuredBase: 'main' }))).base).toBe(
      'HEAD',
    )
  })

  it('has HEAD on a branch of any name where there is no remote and no main', async () => {
    remote.git('branch', '-m', 'trunk')

    expect((await resolveTrees(selection(remote.path))).base).toBe('HEAD')
  })

  it('has HEAD as long as nothing was pushed, except in CI, which fetched too little', async () => {
    remote.git('remote', 'add', 'origin', 'https://example.com/never-pushed.git')

    expect((await resolveTrees(selection(remote.path))).base).toBe('HEAD')
    const problem = await problemOf(() => resolveTrees(selection(remote.path, {}, { CI: 'true' })))
    expect(problem.help).toContain('fetch-depth: 0')
  })
})

describe('before the first commit', () => {
  it('nothing is deployed', async () => {
    const repository = repositories.create()
    repository.write('0000.sql', 'SELECT 1')
    repository.git('add', '.')

    const trees = await resolveTrees(selection(repository.path, { mode: 'staged' }))
    expect(states(trees)).toEqual({ base: null, deployed: [], target: [], after: ['0000.sql'] })
    expect(trees.scope).toEqual({ kind: 'touched', paths: new Set(['0000.sql']) })
  })
})

describe('--staged', () => {
  it('checks the index and reports what the commit touches', async () => {
    clone.git('checkout', '-q', '-b', 'feature')
    commitFile(clone, 'before')
    clone.write('staged', 'staged')
    clone.git('add', 'staged')
    clone.git('rm', '-q', 'one')
    clone.write('staged', 'changed on disk')
    clone.write('unstaged', '')

    const trees = await resolveTrees(selection(clone.path, { mode: 'staged' }))
    expect(states(trees)).toMatchObject({ deployed: ['one'], after: ['before', 'staged'] })
    expect(`${trees.after.read('staged')}`).toBe('staged')
    expect(trees.scope).toEqual({ kind: 'touched', paths: new Set(['one', 'staged']) })
  })

  it('takes --base into account', async () => {
    clone.git('checkout', '-q', '-b', 'feature')
    commitFile(clone, 'two')

    const trees = await resolveTrees(selection(clone.path, { mode: 'staged', base: 'HEAD' }))
    expect(paths(trees.deployed)).toEqual(['one', 'two'])
  })

  it.each([
    { branch: 'new, nothing on it yet', prepare: () => undefined, processes: 5 },
    { branch: 'with a commit', prepare: () => commitFile(clone, 'before'), processes: 5 },
    {
      branch: 'whose base moved on',
      prepare() {
        commitFile(clone, 'before')
        commitFile(remote, 'two')
        clone.git('fetch', '-q')
      },
      processes: 6,
    },
  ])('starts few processes on a branch $branch', async ({ prepare, processes }) => {
    clone.git('checkout', '-q', '-b', 'feature')
    prepare()
    clone.write('staged', 'staged')
    clone.git('add', 'staged')
    const log = join(repositories.folder(), 'trace')

    const { deployed, target, after } = await resolveTrees(
      selection(clone.path, { mode: 'staged' }, { GIT_TRACE: log }),
    )
    after.readAll(paths(after))
    deployed.readAll(paths(deployed))
    target.list('')
    expect(readFileSync(log, 'utf8').match(/trace: built-in: git .*/g)).toHaveLength(processes)
  })

  it('does not write to the index', async () => {
    clone.write('staged', 'staged')
    clone.git('add', 'staged')
    const index = join(clone.path, '.git/index')
    const before = readFileSync(index)

    const trees = await resolveTrees(selection(clone.path, { mode: 'staged' }))
    trees.after.readAll(paths(trees.after))
    expect(readFileSync(index).equals(before)).toBe(true)
  })
})

describe('what cannot be answered', () => {
  it('an unknown --base', async () => {
    const problem = await problemOf(() =>
      resolveTrees(selection(clone.path, { mode: 'base', base: 'nonsense' })),
    )
    expect(problem.message).toBe(
      '"nonsense" (--base) is not a branch, tag or commit of this repository',
    )
    expect(problem.help).toContain('git fetch origin nonsense')
  })

  it('a base that looks like an option', async () => {
    const problem = await problemOf(() =>
      resolveTrees(selection(clone.path, { mode: 'base', base: '--all' })),
    )
    expect(problem.message).toContain('"--all" (--base) is not a branch')
  })

  it('an unknown base in the configuration', async () => {
    const problem = await problemOf(() =>
      resolveTrees(selection(clone.path, { configuredBase: 'nonsense' })),
    )
    expect(problem.message).toContain('"nonsense" (base in the configuration)')
  })

  it('no production branch although there is a remote', async () => {
    remote.git('branch', '-m', 'trunk')
    const other = repositories.clone(remote)
    other.git('remote', 'set-head', 'origin', '--delete')

    const problem = await problemOf(() => resolveTrees(selection(other.path)))
    expect(problem.message).toContain('no production branch was found')
    expect(problem.help).toContain('--base <ref>')
  })

  it('a folder that is no repository', async () => {
    for (const mode of ['default', 'staged'] as const) {
      const problem = await problemOf(() =>
        resolveTrees(selection(repositories.folder(), { mode })),
      )
      expect(problem.message).toContain('is not in a git repository')
      expect(problem.help).toContain('--since <tag> or --all')
    }
  })

  it('a checkout of somebody else, which git does not trust', async () => {
    const problem = await problemOf(() =>
      resolveTrees(selection(clone.path, {}, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' })),
    )
    expect(problem.message).toContain('dubious ownership')
    expect(problem.help).toContain(`safe.directory ${clone.path}`)
  })

  it('git that is not installed', async () => {
    const problem = await problemOf(() => resolveTrees(selection(clone.path, {}, { PATH: '' })))
    expect(problem.message).toContain('git was not found')
    expect(problem.help).toContain('--since <tag> or --all')
  })

  it('a bare repository, and the inside of a git directory', async () => {
    const bare = repositories.clone(remote, '--bare')
    expect((await problemOf(() => resolveTrees(selection(bare.path)))).message).toContain(
      'is a bare repository',
    )
    expect(
      (await problemOf(() => resolveTrees(selection(join(clone.path, '.git'))))).message,
    ).toContain('inside a git directory')
  })

  it('a shallow clone that does not reach back to the merge base', async () => {
    remote.git('checkout', '-q', '-b', 'feature')
    commitFile(remote, 'feature')
    remote.git('checkout', '-q', 'main')
    commitFile(remote, 'two')
    const shallow = repositories.clone(remote, '--depth=1', '--no-single-branch')
    shallow.git('checkout', '-q', 'feature')

    for (const mode of ['default', 'staged'] as const) {
      const problem = await problemOf(() => resolveTrees(selection(shallow.path, { mode })))
      expect(problem.message).toContain('shallow')
      expect(problem.message).toContain('origin/main')
      expect(problem.help).toContain('fetch-depth: 0')
      expect(problem.help).toContain('git fetch --unshallow')
    }
  })

  it('a shallow clone without the base branch', async () => {
    const shallow = repositories.clone(remote, '--depth=1')

    const problem = await problemOf(() =>
      resolveTrees(selection(shallow.path, { configuredBase: 'production' })),
    )
    expect(problem.message).toContain('"production"')
    expect(problem.help).toContain('fetch-depth: 0')
  })

  it('histories that have nothing in common', async () => {
    clone.git('checkout', '-q', '--orphan', 'unrelated')
    commitFile(clone, 'unrelated')

    expect((await problemOf(() => resolveTrees(selection(clone.path)))).message).toBe(
      'HEAD and origin/main have no history in common',
    )
  })
})

describe('settings of the user', () => {
  it.each([
    ['core.quotepath', 'true'],
    ['diff.relative', 'true'],
    ['log.showSignature', 'true'],
    ['column.ui', 'always'],
    ['color.ui', 'always'],
  ])('%s=%s changes nothing', async (setting, value) => {
    clone.git('config', setting, value)
    clone.git('checkout', '-q', '-b', 'feature')
    commitFile(clone, 'ünï')
    clone.git('remote', 'set-head', 'origin', '--delete')

    expect(states(await resolveTrees(selection(clone.path)))).toEqual({
      base: 'origin/main',
      deployed: ['one'],
      target: ['one'],
      after: ['one', 'ünï'],
    })
  })
})

describe('environments', () => {
  it('git directory and work tree may be given apart', async () => {
    const files = repositories.folder()
    writeFileSync(join(files, 'one'), 'one\n')
    writeFileSync(join(files, 'elsewhere'), '')

    const trees = await resolveTrees(
      selection(
        files,
        {},
        {
          GIT_DIR: join(clone.path, '.git'),
          GIT_WORK_TREE: files,
        },
      ),
    )
    expect(trees.root).toBe(files)
    expect(paths(trees.after)).toEqual(['elsewhere', 'one'])
  })

  it('variables that simple-git refuses do no harm', async () => {
    commitFile(clone, 'two')
    clone.git('remote', 'set-head', 'origin', '--delete')

    const trees = await resolveTrees(
      selection(
        clone.path,
        {},
        {
          EDITOR: 'vi',
          GIT_EDITOR: 'true',
          GIT_PAGER: 'cat',
          GIT_SSH_COMMAND: 'ssh',
          GIT_ICASE_PATHSPECS: '1',
          GIT_INDEX_FILE: '.git/index',
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: 'core.fsmonitor',
          GIT_CONFIG_VALUE_0: 'false',
        },
      ),
    )
    expect(states(trees)).toMatchObject({ base: 'origin/main', deployed: ['one'] })
  })

  it('a linked worktree has its own git directory', async () => {
    const path = join(repositories.folder(), 'linked')
    clone.git('worktree', 'add', '-q', '-b', 'feature', path)
    const worktree = openRepository(path)
    commitFile(worktree, 'sub/two')

    for (const env of [{}, { GIT_DIR: join(clone.path, '.git/worktrees/linked') }]) {
      const trees = await resolveTrees(selection(join(path, 'sub'), {}, env))
      expect(trees.root).toBe(path)
      expect(trees.gitDir).toBe(join(clone.path, '.git/worktrees/linked'))
      expect(states(trees)).toMatchObject({ deployed: ['one'], after: ['one', 'sub/two'] })
    }
    rmSync(path, { recursive: true })
  })
})
