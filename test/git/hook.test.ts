import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { build } from 'esbuild'
import { beforeEach, describe, expect, it } from 'vitest'

import { useRepositories } from './fixtures.ts'
import { openRepository } from './repository.ts'
import type { Repository } from './repository.ts'

const repositories = useRepositories()

let repository: Repository
let answer: string

/** Makes every commit run a real hook that resolves the trees, in the top folder or below it. */
const installHook = async (folder = '.'): Promise<void> => {
  const hooks = repositories.folder()
  const script = join(hooks, 'check.mjs')
  answer = join(hooks, 'answer.json')
  await build({
    stdin: {
      contents: `
        import { writeFileSync } from 'node:fs'
        import { resolveTrees } from './src/git/deployment.ts'
        const trees = await resolveTrees({ mode: 'staged', cwd: process.cwd(), env: process.env })
        const files = trees.after.list('').map(({ path }) => path)
        writeFileSync(${JSON.stringify(answer)}, JSON.stringify({
          root: trees.root,
          gitDir: trees.gitDir,
          deployed: trees.deployed.list('').map(({ path }) => path),
          after: Object.fromEntries(
            [...trees.after.readAll(files)].map(([path, content]) => [path, String(content)])),
          touched: [...trees.scope.paths],
        }))
      `,
      resolveDir: join(import.meta.dirname, '../..'),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    // Not to be found from where the script stands: a hook that loaded it would fail.
    external: ['simple-git'],
    outfile: script,
  })
  const hook = join(hooks, 'pre-commit')
  writeFileSync(hook, `#!/bin/sh\ncd ${folder} && exec "${process.execPath}" "${script}"\n`)
  chmodSync(hook, 0o755)
  repository.git('config', 'core.hooksPath', hooks)
}

const hookAnswer = () => JSON.parse(readFileSync(answer, 'utf8'))

beforeEach(() => {
  repository = repositories.create()
  repository.write('a', 'a1')
  repository.write('b', 'b1')
  repository.commit('one')
})

describe('a pre-commit hook', () => {
  it('sees what a plain commit will contain', async () => {
    await installHook()
    repository.write('a', 'a2')
    repository.git('add', 'a')
    repository.write('a', 'a3')
    repository.git('commit', '-q', '-m', 'two')

    expect(hookAnswer()).toEqual({
      root: repository.path,
      gitDir: join(repository.path, '.git'),
      deployed: ['a', 'b'],
      after: { a: 'a2', b: 'b1' },
      touched: ['a'],
    })
  })

  it('sees the initial commit', async () => {
    repository = repositories.create()
    await installHook()
    repository.write('a', 'a1')
    repository.git('add', 'a')
    repository.git('commit', '-q', '-m', 'one')

    expect(hookAnswer()).toMatchObject({ deployed: [], after: { a: 'a1' }, touched: ['a'] })
  })

  it('sees what commit -a adds, in the index git made for it', async () => {
    await installHook()
    repository.write('a', 'a2')
    repository.git('commit', '-q', '-a', '-m', 'two')

    expect(hookAnswer()).toMatchObject({ after: { a: 'a2', b: 'b1' }, touched: ['a'] })
  })

  it('sees only the file of commit FILE', async () => {
    await installHook()
    repository.write('a', 'a2')
    repository.write('b', 'b2')
    repository.git('add', '.')
    repository.git('commit', '-q', '-m', 'two', '--', 'a')

    expect(hookAnswer()).toMatchObject({ after: { a: 'a2', b: 'b1' }, touched: ['a'] })
  })

  it.each([
    { how: 'commit', args: [] },
    { how: 'commit -a', args: ['-a'] },
    { how: 'commit FILE', args: ['--', 'packages/db/c'] },
  ])('sees the same when it runs in a subfolder ($how)', async ({ args }) => {
    repository.write('packages/db/c', 'c1')
    repository.commit('with c')
    await installHook('packages/db')
    repository.write('packages/db/c', 'c2')
    repository.git('add', '.')
    repository.git('commit', '-q', '-m', 'two', ...args)

    expect(hookAnswer()).toMatchObject({
      root: repository.path,
      after: { a: 'a1', b: 'b1', 'packages/db/c': 'c2' },
      touched: ['packages/db/c'],
    })
  })

  it.each([['.'], ['sub']])('sees a linked worktree (run in %s)', async (folder) => {
    repository.write('sub/c', 'c1')
    repository.commit('with sub')
    const path = join(repositories.folder(), 'linked')
    repository.git('worktree', 'add', '-q', '-b', 'feature', path)
    await installHook(folder)
    const worktree = openRepository(path)
    worktree.write('sub/c', 'c2')
    worktree.git('commit', '-q', '-a', '-m', 'two')

    expect(hookAnswer()).toEqual({
      root: path,
      gitDir: join(repository.path, '.git/worktrees/linked'),
      deployed: ['a', 'b', 'sub/c'],
      after: { a: 'a1', b: 'b1', 'sub/c': 'c2' },
      touched: ['sub/c'],
    })
  })

  it.each([['.'], ['sub']])('sees a submodule (run in %s)', async (folder) => {
    const outer = repositories.create()
    repository.write('sub/c', 'c1')
    repository.commit('with sub')
    outer.git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      repository.path,
      'module',
    )
    repository = openRepository(join(outer.path, 'module'))
    await installHook(folder)
    repository.write('sub/c', 'c2')
    repository.git('commit', '-q', '-a', '-m', 'two')

    expect(hookAnswer()).toMatchObject({
      root: join(outer.path, 'module'),
      gitDir: join(outer.path, '.git/modules/module'),
      touched: ['sub/c'],
    })
  })

  it('sees a checkout whose git directory is given on the command line', async () => {
    await installHook()
    const files = repositories.folder()
    mkdirSync(join(files, 'sub'))
    writeFileSync(join(files, 'sub/c'), 'c1')
    const apart = ['--git-dir', join(repository.path, '.git'), '--work-tree', files]
    repository.git(...apart, 'add', '--all')
    repository.git(...apart, 'commit', '-q', '-m', 'two')

    expect(hookAnswer()).toMatchObject({ root: files, after: { 'sub/c': 'c1' } })
  })
})
