import { describe, expect, it } from 'vitest'

import { openGit } from '../../src/git/git.ts'
import type { Git } from '../../src/git/git.ts'
import { originHead } from '../../src/git/commitHistory.ts'
import { askThroughSimpleGit } from '../../src/git/simple.ts'
import { useRepositories } from './fixtures.ts'
import { isolatedEnvironment } from './repository.ts'

const repositories = useRepositories()

const open = (env: NodeJS.ProcessEnv = {}): Git => {
  const repository = repositories.create()
  repository.write('ünï', '')
  repository.commit('one')
  return openGit(repository.path, isolatedEnvironment(env), originHead)
}

/** A checkout that fails the test where simple-git passes a question on. */
const simpleOnly = (git: Git): Git => ({
  ...git,
  ask: () => Promise.reject(new Error('simple-git did not answer by itself')),
})

describe('asking through simple-git', () => {
  it.each([
    { args: ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'] },
    { args: ['rev-parse', '--verify', '--quiet', 'missing^{commit}'] },
    { args: ['rev-parse', '--symbolic-full-name', '@{upstream}'] },
    { args: ['merge-base', 'HEAD', 'HEAD'] },
    { args: ['for-each-ref', '--format=%(refname) %(objectname) %(symref)', 'refs/heads/main'] },
    { args: ['remote'] },
  ])('answers $args as git does', async ({ args }) => {
    const git = open({ GIT_INDEX_FILE: '.git/index', GIT_PREFIX: '' })

    expect(await askThroughSimpleGit(simpleOnly(git))(args)).toBe(await git.ask(args))
  })

  it('leaves editors, pagers and transports out, which it would refuse', async () => {
    const git = open({ GIT_EDITOR: 'true', EDITOR: 'vi', PAGER: 'less', GIT_SSH_COMMAND: 'ssh' })

    expect(await askThroughSimpleGit(simpleOnly(git))(['rev-parse', 'HEAD'])).toBe(git.head.commit)
  })

  it('asks git itself where simple-git refuses a setting of the environment', async () => {
    const git = open({
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: 'false',
    })

    expect(await askThroughSimpleGit(git)(['rev-parse', 'HEAD'])).toBe(git.head.commit)
  })
})
