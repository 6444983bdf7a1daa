import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeEach, describe, expect, it } from 'vitest'

import { readCiChange } from '../../src/git/ci.ts'
import { resolveTrees } from '../../src/git/deployment.ts'
import type { DeploymentTrees } from '../../src/git/deployment.ts'
import { problemOf, selection, useRepositories } from './fixtures.ts'
import type { Repository } from './repository.ts'

const repositories = useRepositories()
const zero = '0'.repeat(40)

/** A remote with `one` and `two` on main and `feature` on a branch that left after `one`. */
let remote: Repository
let one: string
let two: string

const commitFile = (repository: Repository, name: string): string => {
  repository.write(name, `${name}\n`)
  return repository.commit(name)
}

beforeEach(() => {
  remote = repositories.create()
  one = commitFile(remote, 'one')
  remote.git('checkout', '-q', '-b', 'feature')
  commitFile(remote, 'feature')
  remote.git('checkout', '-q', 'main')
  two = commitFile(remote, 'two')
})

/** A checkout as CI makes it: no default branch of origin is known. */
const checkout = (branch: string, ...options: string[]): Repository => {
  const clone = repositories.clone(remote, `--branch=${branch}`, ...options)
  clone.git('remote', 'set-head', 'origin', '--delete')
  return clone
}

const gitHub = (eventName: string, event: object, more: NodeJS.ProcessEnv = {}) => {
  const file = join(repositories.folder(), 'event.json')
  writeFileSync(file, JSON.stringify({ repository: { default_branch: 'main' }, ...event }))
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: eventName,
    GITHUB_EVENT_PATH: file,
    ...more,
  }
}

const gitLab = (source: string, more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  CI: 'true',
  GITLAB_CI: 'true',
  CI_PIPELINE_SOURCE: source,
  CI_DEFAULT_BRANCH: 'main',
  ...more,
})

const states = ({ base, deployed, target }: DeploymentTrees) => ({
  base,
  deployed: deployed.list('').map(({ path }) => path),
  target: target.list('').map(({ path }) => path),
})

const resolved = async (
  clone: Repository,
  env: NodeJS.ProcessEnv,
  given: { configuredBase?: string; base?: string } = {},
) => states(await resolveTrees(selection(clone.path, given, env)))

describe('in GitHub Actions', () => {
  it('a pull request is compared with the branch it goes to', async () => {
    remote.git('branch', 'release', one)
    const env = gitHub('pull_request', {}, { GITHUB_BASE_REF: 'release' })

    expect(await resolved(checkout('feature'), env)).toEqual({
      base: 'origin/release',
      deployed: ['one'],
      target: ['one'],
    })
  })

  it('a pull request checked out as its merge contains what was merged meanwhile', async () => {
    const clone = checkout('main')
    clone.git('checkout', '-q', '--detach')
    clone.git('merge', '-q', '--no-ff', '-m', 'merge', 'origin/feature')
    const env = gitHub('pull_request', {}, { GITHUB_BASE_REF: 'main' })

    expect(await resolved(clone, env)).toEqual({
      base: 'origin/main',
      deployed: ['one', 'two'],
      target: ['one', 'two'],
    })
  })

  it('a push to the production branch is compared with what was there before', async () => {
    const env = gitHub('push', { ref: 'refs/heads/main', before: one })

    expect(await resolved(checkout('main'), env)).toEqual({
      base: 'main before this push',
      deployed: ['one'],
      target: ['one'],
    })
    expect(await resolved(checkout('main'), env, { configuredBase: 'main' })).toMatchObject({
      deployed: ['one'],
    })
  })

  it('a push to another branch is compared with the production branch', async () => {
    const before = remote.git('rev-parse', 'feature')
    const env = gitHub('push', { ref: 'refs/heads/feature', before })

    expect(await resolved(checkout('feature'), env)).toEqual({
      base: 'origin/main',
      deployed: ['one'],
      target: ['one', 'two'],
    })
  })

  it('a new branch is compared with the production branch', async () => {
    const env = gitHub('push', { ref: 'refs/heads/feature', before: zero })

    expect(await resolved(checkout('feature'), env)).toEqual({
      base: 'origin/main',
      deployed: ['one'],
      target: ['one', 'two'],
    })
  })

  it('nothing is deployed when the production branch itself is new', async () => {
    const env = gitHub('push', { ref: 'refs/heads/main', before: zero })

    expect(await resolved(checkout('main'), env)).toEqual({
      base: 'the new branch main',
      deployed: [],
      target: [],
    })
  })

  it('a merge queue gives the commit its group stands on', async () => {
    const env = gitHub('merge_group', {
      merge_group: { base_sha: one, base_ref: 'refs/heads/main' },
    })

    expect(await resolved(checkout('feature'), env)).toEqual({
      base: 'main (GitHub Actions)',
      deployed: ['one'],
      target: ['one', 'two'],
    })
  })

  it('--base and the configuration count more', async () => {
    const env = gitHub('pull_request', {}, { GITHUB_BASE_REF: 'missing' })

    expect(await resolved(checkout('feature'), env, { configuredBase: 'main' })).toMatchObject({
      base: 'origin/main',
    })
    expect(await resolved(checkout('feature'), env, { base: 'HEAD' })).toMatchObject({
      base: 'HEAD',
    })
  })

  it.each([
    ['pull_request', {}, { GITHUB_BASE_REF: 'main' }],
    ['push', { ref: 'refs/heads/feature', before: zero }, {}],
  ])('a %s checked out too shallow is a problem with a remedy', async (name, event, more) => {
    const clone = checkout('feature', '--depth=1')

    const problem = await problemOf(() => resolved(clone, gitHub(name, event, more)))
    expect(problem.message).toContain('shallow')
    expect(problem.message).toContain('"main" (GitHub Actions)')
    expect(problem.help).toContain('fetch-depth: 0')
  })

  it('a push to the production branch checked out too shallow is one too', async () => {
    const clone = checkout('main', '--depth=1')
    const env = gitHub('push', { ref: 'refs/heads/main', before: one })

    const problem = await problemOf(() => resolved(clone, env))
    expect(problem.message).toContain(`main before this push, ${one.slice(0, 12)}`)
    expect(problem.help).toContain('fetch-depth: 0')
  })

  it('after a forced push the commit before may be gone', async () => {
    const env = gitHub('push', { ref: 'refs/heads/main', before: '1'.repeat(40) })

    expect((await problemOf(() => resolved(checkout('main'), env))).help).toContain('forced push')
  })

  it('an event that cannot be read is a problem only where it is needed', async () => {
    const env = { ...gitHub('push', {}), GITHUB_EVENT_PATH: '/missing.json' }

    expect((await problemOf(() => resolved(checkout('main'), env))).message).toContain(
      'GITHUB_EVENT_PATH ("/missing.json")',
    )
    expect(
      await resolved(checkout('feature'), { ...env, GITHUB_EVENT_NAME: 'schedule' }),
    ).toMatchObject({ base: 'origin/main' })
  })
})

describe('in GitLab CI', () => {
  it('a merge request stands on the commit GitLab gives', async () => {
    const env = gitLab('merge_request_event', {
      CI_MERGE_REQUEST_DIFF_BASE_SHA: one,
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
      CI_COMMIT_BEFORE_SHA: zero,
    })

    expect(await resolved(checkout('feature'), env)).toEqual({
      base: 'main (GitLab CI)',
      deployed: ['one'],
      target: ['one', 'two'],
    })
  })

  it('a branch older than the base, left over in a reused clone, is no target', async () => {
    const clone = checkout('main')
    clone.git('update-ref', 'refs/remotes/origin/main', one)
    const env = gitLab('merge_request_event', {
      CI_MERGE_REQUEST_DIFF_BASE_SHA: two,
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    })

    expect(await resolved(clone, env)).toEqual({
      base: 'main (GitLab CI)',
      deployed: ['one', 'two'],
      target: ['one', 'two'],
    })
  })

  it('a merged result contains the target branch already', async () => {
    const clone = checkout('main')
    clone.git('checkout', '-q', '--detach')
    clone.git('merge', '-q', '--no-ff', '-m', 'merge', 'origin/feature')
    const env = gitLab('merge_request_event', {
      CI_MERGE_REQUEST_DIFF_BASE_SHA: one,
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: two,
    })

    expect(await resolved(clone, env)).toEqual({
      base: 'main (GitLab CI)',
      deployed: ['one', 'two'],
      target: ['one', 'two'],
    })
  })

  it('a merge request without a base is compared with its target branch', async () => {
    remote.git('branch', 'release', one)
    const env = gitLab('merge_request_event', { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'release' })

    expect(await resolved(checkout('feature'), env)).toEqual({
      base: 'origin/release',
      deployed: ['one'],
      target: ['one'],
    })
  })

  it('a push to the default branch is compared with what was there before', async () => {
    const clone = checkout('main')
    clone.git('checkout', '-q', '--detach')
    const env = gitLab('push', { CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: one })

    expect(await resolved(clone, env)).toEqual({
      base: 'main before this push',
      deployed: ['one'],
      target: ['one'],
    })
  })

  it('a push to another branch is compared with the default branch', async () => {
    const env = gitLab('push', { CI_COMMIT_BRANCH: 'feature', CI_COMMIT_BEFORE_SHA: zero })

    expect(await resolved(checkout('feature'), env)).toEqual({
      base: 'origin/main',
      deployed: ['one'],
      target: ['one', 'two'],
    })
  })

  it('a pipeline started by hand pushes nothing', async () => {
    const env = gitLab('web', { CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: zero })

    expect(await resolved(checkout('main'), env)).toMatchObject({
      base: 'origin/main',
      deployed: ['one', 'two'],
    })
  })

  it('a clone that lacks the base is a problem with a remedy', async () => {
    const clone = checkout('feature', '--depth=1')
    const env = gitLab('merge_request_event', { CI_MERGE_REQUEST_DIFF_BASE_SHA: one })

    expect((await problemOf(() => resolved(clone, env))).help).toContain('GIT_DEPTH: 0')
  })
})

describe('in other CI', () => {
  it('nothing is known about the change', () => {
    expect(readCiChange({ CI: 'true', GITHUB_BASE_REF: 'main' })).toBeNull()
  })
})

describe('an odd event file', () => {
  const event = (text: string, name = 'push') => {
    const file = join(repositories.folder(), 'event.json')
    writeFileSync(file, text)
    return { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file }
  }

  it.each(['null', '[]', '5', '"text"', '', '{'])('%j is said to be unreadable', (text) => {
    expect(() => readCiChange(event(text))).toThrow(/is not a readable event/)
    expect(readCiChange(event(text, 'pull_request'))).toMatchObject({ push: null })
  })

  it.each([
    '{ "repository": null, "merge_group": null, "before": null, "ref": null }',
    '{ "repository": { "default_branch": 5 }, "merge_group": [], "before": 5, "ref": {} }',
  ])('%j tells nothing', (text) => {
    expect(readCiChange(event(text))).toEqual({
      service: 'GitHub Actions',
      targetBranch: null,
      baseCommit: null,
      push: null,
      defaultBranch: null,
    })
  })
})
