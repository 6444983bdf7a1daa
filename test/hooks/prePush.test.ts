import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { CREATE_USERS, DROP_EMAIL, project } from '../check/projects.ts'
import { useRepositories } from '../git/fixtures.ts'
import type { Repository } from '../git/repository.ts'
import { type Hooked, hooked } from './hooked.ts'

const repositories = useRepositories()

let remote: Repository
let repository: Hooked

const BASE = { '0000_users': CREATE_USERS }
const DROP = project({ ...BASE, '0001_drop': DROP_EMAIL })

beforeEach(() => {
  remote = repositories.create()
  remote.git('config', 'receive.denyCurrentBranch', 'ignore')
  const clone = repositories.clone(remote)
  repository = hooked(clone, repositories.folder())
  repository.add({ ...project(BASE), 'app/a.ts': '' })
  repository.commit('what production has')
  repository.git('push', '--quiet', '--no-verify', 'origin', 'main')
  repository.git('remote', 'set-head', 'origin', 'main')
  repository.git('switch', '--quiet', '-c', 'feature')
})

/** Commits without the hook, as cherry-pick, rebase and --no-verify do. */
function commit(files: Record<string, string | Buffer>): string {
  repository.add(files)
  return repository.commit('unchecked')
}

const push = (...args: string[]) => repository.run(['push', '--quiet', 'origin', ...args])
const pushed = () => remote.git('for-each-ref', '--format=%(refname:short)').split('\n')

describe('a push', () => {
  it('of a commit that no hook has seen is stopped, and says why and how to go on', () => {
    commit(DROP)
    const { status, output } = push('feature')
    expect(status).toBe(1)
    expect(output.match(/drop-column {2}users\.email/g)).toHaveLength(1)
    expect(output).toContain('git push --no-verify')
    expect(pushed()).toEqual(['main'])
    expect(repository.run(['push', '--quiet', '--no-verify', 'origin', 'feature']).status).toBe(0)
  })

  it('that is sound goes through without a word', () => {
    commit({ 'app/a.ts': 'a' })
    expect(push('feature')).toEqual({ status: 0, output: '' })
    expect(pushed()).toContain('feature')
  })

  it('is judged as it was committed, not as the working directory or index has it', () => {
    commit(DROP)
    repository.add(project(BASE))
    expect(push('feature').status).toBe(1)
    repository.git('reset', '--quiet', '--hard', 'main')
    repository.add(DROP)
    expect(push('HEAD:refs/heads/other').status).toBe(0)
  })

  it('of a branch that is not checked out is judged as well', () => {
    commit(DROP)
    repository.git('switch', '--quiet', 'main')
    expect(push('feature').status).toBe(1)
    expect(push('feature:refs/heads/else', 'main').status).toBe(1)
  })

  it('to the production branch is judged against what that has', () => {
    repository.git('switch', '--quiet', 'main')
    commit(DROP)
    expect(push('main').status).toBe(1)
  })

  it('does not repeat what was pushed before', () => {
    commit(DROP)
    repository.git('push', '--quiet', '--no-verify', 'origin', 'feature')
    commit({ 'app/a.ts': 'a' })
    expect(push('feature')).toEqual({ status: 0, output: '' })
  })

  it('over a commit that is not here is judged as a whole', () => {
    const other = repositories.clone(remote)
    other.git('switch', '--quiet', '-c', 'feature')
    other.commit('by somebody else')
    other.git('push', '--quiet', 'origin', 'feature')
    commit(DROP)
    const { status, output } = push('--force', 'feature')
    expect(status).toBe(1)
    expect(output).toContain('drop-column')
  })

  it('works from a linked worktree', () => {
    const path = join(repositories.folder(), 'linked')
    repository.git('worktree', 'add', '--quiet', '-b', 'other', path)
    commit(DROP)
    expect(repository.run(['push', '--quiet', 'origin', 'feature'], { cwd: path }).status).toBe(1)
  })
})

describe('what the remote has is production, never a local branch', () => {
  it('where no remote is called origin', () => {
    const fork = repositories.create()
    repository.git('remote', 'rename', 'origin', 'upstream')
    repository.git('remote', 'add', 'fork', fork.path)
    repository.git('push', '--quiet', '--no-verify', 'fork', 'feature')
    repository.git('switch', '--quiet', 'main')
    commit(DROP)
    expect(repository.run(['push', '--quiet', 'upstream', 'main']).status).toBe(1)
  })

  it('of a push to a URL', () => {
    repository.git('switch', '--quiet', 'main')
    commit(DROP)
    expect(repository.run(['push', '--quiet', remote.path, 'main']).status).toBe(1)
  })

  it('and a remote that has none yet is not sent its whole history to judge', () => {
    repository.git('switch', '--quiet', 'main')
    commit(DROP)
    const empty = repositories.create()
    empty.git('config', 'receive.denyCurrentBranch', 'ignore')
    const outcome = repository.run(['push', '--quiet', empty.path, 'main'])
    expect(outcome).toEqual({ status: 0, output: '' })
  })
})

describe('without the lines that git writes on stdin', () => {
  /** As a hook manager runs it that keeps them to itself. */
  const bare = () => repository.run(['hook', 'run', 'pre-push', '--', 'origin', remote.path])

  it('there is nothing to judge where the remote has what is checked out', () => {
    commit(DROP)
    repository.git('push', '--quiet', '--no-verify', 'origin', 'feature')
    expect(bare()).toEqual({ status: 0, output: '' })
  })

  it('what is ahead of the branch that it would be pushed to is judged', () => {
    repository.git('push', '--quiet', '--no-verify', '--set-upstream', 'origin', 'feature')
    commit(DROP)
    const { status, output } = bare()
    expect(status).toBe(1)
    expect(output).toContain('drop-column')
  })

  it('it refuses where it cannot be told, with the line that helps', () => {
    commit(DROP)
    const { status, output } = bare()
    expect(status).toBe(1)
    expect(output).toContain('use_stdin: true')
    expect(repository.starts()).toBe(0)
  })

  it('a last line without an end counts', () => {
    const id = commit(DROP)
    const lines = join(repositories.folder(), 'stdin')
    writeFileSync(lines, `refs/heads/feature ${id} refs/heads/feature ${'0'.repeat(40)}`)
    const hook = `!sh .git/hooks/pre-push origin url <'${lines}'`
    const { output } = repository.run(['-c', `alias.hook-by-hand=${hook}`, 'hook-by-hand'])
    expect(output).toContain('drop-column')
  })
})

describe('what is not judged', () => {
  it('deleting a branch, tags, and nothing at all', () => {
    commit(DROP)
    repository.git('push', '--quiet', '--no-verify', 'origin', 'feature')
    repository.git('tag', 'v1')
    repository.git('tag', '-a', '-m', 'v2', 'v2')
    expect(push('v1', 'v2')).toEqual({ status: 0, output: '' })
    expect(push('--delete', 'feature')).toEqual({ status: 0, output: '' })
    // Git says nothing to its hook then; what is checked out is what the remote has.
    repository.git('switch', '--quiet', 'main')
    expect(push('main')).toEqual({ status: 0, output: '' })
    expect(repository.starts()).toBe(0)
  })

  it('a push that touches nothing a check depends on', () => {
    commit({ 'app/a.ts': 'a' })
    push('feature')
    appendFileSync(join(repository.path, 'app/a.ts'), 'b')
    repository.git('add', '.')
    expect(repository.try().status).toBe(0)
    commit({ 'app/a.ts': 'c' })
    repository.starts()
    expect(push('feature')).toEqual({ status: 0, output: '' })
    expect(repository.starts()).toBe(0)
    commit(DROP)
    expect(push('feature').status).toBe(1)
  })
})
