import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { workingTree } from '../../src/git/workingFiles.ts'
import { useRepositories } from './fixtures.ts'
import { isolatedEnvironment, openRepository } from './repository.ts'

const repositories = useRepositories()

describe('the files of a check that needs no git', () => {
  it('stand at the top of the checkout, found without starting git', () => {
    const repository = repositories.create()
    repository.write('packages/db/drizzle/0000.sql', 'SELECT 1')
    const trace = join(repositories.folder(), 'trace')
    const env = isolatedEnvironment({ GIT_TRACE: trace })

    const { root, gitDir, tree } = workingTree(join(repository.path, 'packages/db'), env)
    expect({ root, gitDir }).toEqual({ root: repository.path, gitDir: join(root, '.git') })
    expect(tree.list('packages/db/drizzle')).toEqual([{ path: 'packages/db/drizzle/0000.sql' }])
    expect(`${tree.read('packages/db/drizzle/0000.sql')}`).toBe('SELECT 1')
    expect(existsSync(trace)).toBe(false)
  })

  it('leave out what git ignores when the whole checkout is listed', () => {
    const repository = repositories.create()
    repository.write('.gitignore', 'build\n')
    repository.write('build/a.sql', '')
    repository.write('drizzle/b.sql', '')

    const { tree } = workingTree(repository.path, isolatedEnvironment())
    expect(tree.list('').map(({ path }) => path)).toEqual(['.gitignore', 'drizzle/b.sql'])
  })

  it('are listed also where git is not installed', () => {
    const repository = repositories.create()
    repository.write('drizzle/b.sql', '')

    const { tree } = workingTree(repository.path, isolatedEnvironment({ PATH: '' }))
    expect(tree.list('').map(({ path }) => path)).toEqual(['drizzle/b.sql'])
  })

  it('stand in linked worktrees as git says', () => {
    const repository = repositories.create()
    repository.commit('one')
    const path = join(repositories.folder(), 'linked')
    repository.git('worktree', 'add', '-q', path)

    const { root, gitDir } = workingTree(path, isolatedEnvironment())
    expect({ root, gitDir }).toEqual({
      root: path,
      gitDir: openRepository(path).git('rev-parse', '--absolute-git-dir'),
    })
  })

  it('stand at the nearest package outside of git', () => {
    const folder = repositories.folder()
    mkdirSync(join(folder, 'app/src'), { recursive: true })
    writeFileSync(join(folder, 'app/package.json'), '{}')

    expect(workingTree(join(folder, 'app/src'), isolatedEnvironment())).toMatchObject({
      root: join(folder, 'app'),
      gitDir: null,
    })
  })

  it('stand where the check was started, where there is no package either', () => {
    const folder = repositories.folder()

    expect(workingTree(folder, isolatedEnvironment())).toMatchObject({ root: folder, gitDir: null })
  })
})
