import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { useRepositories } from '../git/fixtures.ts'
import {
  MANIFEST,
  alsoInstalled,
  drizzleProject,
  expectProtected,
  expectRemoved,
  git,
  link,
  projectIn,
  read,
  runInit,
  WITH_COLUMN,
} from './setUp.ts'
import { installed } from '../installed.ts'
import { wholeMatrix } from '../wholeMatrix.ts'

const made = useRepositories()
const hasFramework = spawnSync('pre-commit', ['--version']).status === 0

type Project = ReturnType<typeof projectIn>

const manifestWith = (more: object) =>
  `${JSON.stringify({ ...JSON.parse(MANIFEST), ...more }, null, 2)}\n`

function lefthookInstalled(project: Project): void {
  const modules = join(installed({ lefthook: '2.2.2' }), 'node_modules')
  link(project, 'node_modules/lefthook', join(modules, 'lefthook'))
  link(project, 'node_modules/.bin/lefthook', join(modules, '.bin/lefthook'))
}

interface Case {
  readonly files: Record<string, string>
  readonly prepare?: (project: Project) => void
  /** The file that is edited, and what is in it afterwards. */
  readonly edited: readonly [file: string, holds: string | RegExp]
  readonly skip?: boolean
  /** Like another one but for the form of what is written: its proof is enough but for the whole matrix. */
  readonly variant?: boolean
}

const cases: Record<string, Case> = {
  'husky with a hook of its own': {
    files: {
      '.husky/pre-commit': 'true\n',
      'package.json': manifestWith({ devDependencies: { husky: '^9' } }),
    },
    prepare: (project) => alsoInstalled(project, 'husky', '9.1.7'),
    edited: ['.husky/pre-commit', 'true\nsh node_modules/migration-lint/hooks/pre-commit\n'],
  },
  'husky 8, whose scripts git starts itself': {
    variant: true,
    files: {
      '.husky/pre-commit': '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\ntrue\n',
      'package.json': manifestWith({ devDependencies: { husky: '^8' } }),
    },
    prepare(project) {
      chmodSync(join(project.path, '.husky/pre-commit'), 0o755)
      alsoInstalled(project, 'husky', '8.0.3')
      project.commit('executable')
    },
    edited: [
      '.husky/pre-push',
      /^#!\/usr\/bin\/env sh\n\. .*husky\.sh"\n\nsh node_modules.*pre-push "\$@"\n$/,
    ],
  },
  'lefthook with commands': {
    files: {
      'lefthook.yml':
        '# ours\npre-commit:\n  parallel: true\n  commands:\n    lint:\n      run: "true" # fast\n',
    },
    prepare: lefthookInstalled,
    edited: [
      'lefthook.yml',
      /pre-push:\n {2}commands:\n {4}migration-lint:\n.*\n {6}use_stdin: true/,
    ],
  },
  'lefthook with jobs': {
    variant: true,
    files: { 'lefthook.yml': 'pre-commit:\n  jobs:\n    - name: lint\n      run: "true"\n' },
    prepare: lefthookInstalled,
    edited: ['lefthook.yml', /- name: migration-lint\n {6}run: sh node_modules/],
  },
  'lefthook in JSON': {
    variant: true,
    files: {
      'lefthook.json':
        '{\n  "pre-commit": {\n    "commands": { "lint": { "run": "true" } }\n  }\n}\n',
    },
    prepare: lefthookInstalled,
    edited: ['lefthook.json', /"use_stdin": true/],
  },
  'simple-git-hooks': {
    files: { 'package.json': manifestWith({ 'simple-git-hooks': { 'pre-commit': 'true' } }) },
    prepare: (project) =>
      alsoInstalled(project, 'simple-git-hooks', '2.14.0', {
        'simple-git-hooks': 'simple-git-hooks/cli.js',
      }),
    edited: [
      'package.json',
      '"pre-commit": "true && sh node_modules/migration-lint/hooks/pre-commit"',
    ],
  },
  'the pre-commit framework': {
    files: {
      '.pre-commit-config.yaml':
        '# ours\nrepos:\n  - repo: local\n    hooks:\n      - {id: x, name: x, entry: "true", language: system}\n',
    },
    edited: ['.pre-commit-config.yaml', /default_install_hook_types:\n {2}- pre-commit\n/],
    skip: !hasFramework,
  },
  'scripts in a folder of the repository': {
    variant: true,
    files: { '.githooks/pre-commit': '#!/bin/sh\n# Ours.\ntrue\n' },
    prepare(project) {
      chmodSync(join(project.path, '.githooks/pre-commit'), 0o755)
      project.commit('executable')
      project.git('config', 'core.hooksPath', '.githooks')
    },
    edited: [
      '.githooks/pre-commit',
      '#!/bin/sh\n# Ours.\ntrue\n[ $? -eq 0 ] && sh node_modules/migration-lint/hooks/pre-commit\n',
    ],
  },
  'scripts in the git directory': {
    files: {},
    prepare(project) {
      project.write('.git/hooks/pre-commit', '#!/bin/sh\ntrue\n')
      chmodSync(join(project.path, '.git/hooks/pre-commit'), 0o755)
    },
    edited: [
      '.git/hooks/pre-push',
      '#!/bin/sh\nsh node_modules/migration-lint/hooks/pre-push "$@"\n',
    ],
  },
}

const lockFiles = wholeMatrix
  ? ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock']
  : ['package-lock.json']

const matrix = Object.entries(cases)
  .filter(([, { skip }]) => skip !== true)
  .flatMap(([name, one]) => lockFiles.map((lock) => ({ name, lock, ...one })))

describe('init beside', () => {
  it.each(matrix)('$name, $lock', async ({ lock, files, prepare, edited, variant }) => {
    const project = projectIn(made.create(), {
      ...files,
      [lock]: lock.endsWith('.json') ? '{}' : '',
    })
    prepare?.(project)
    const before = project.git('rev-parse', 'HEAD')
    const first = await runInit(project)
    expect(first.text).toContain('Proof: the pre-commit hook refuses')
    expect(first.text).not.toContain('left to you')
    const [file, holds] = edited
    if (typeof holds === 'string') expect(read(project, file)).toContain(holds)
    else expect(read(project, file)).toMatch(holds)
    if (variant === true && !wholeMatrix) return
    const second = await runInit(project)
    expect(second.text).toContain('Everything is set up already.')
    project.commit('set up')
    expectProtected(project)
    expectPushProtected(project)
    await expectRemoved(project, before)
  })
})

/** A push of what was committed past the hook is refused. */
function expectPushProtected(project: Project): void {
  const remote = made.create()
  remote.git('config', 'receive.denyCurrentBranch', 'ignore')
  project.git('remote', 'add', 'target', remote.path)
  project.git('push', '--quiet', '--no-verify', 'target', 'main')
  project.write('schema.ts', WITH_COLUMN)
  project.commit('unchecked')
  const pushed = git(project, ['push', '--quiet', 'target', 'main'])
  expect(pushed.output).toContain('schema-without-migration  posts.body')
  expect(pushed.status).not.toBe(0)
  project.git('reset', '--quiet', '--hard', 'HEAD~1')
  project.git('remote', 'remove', 'target')
}

describe('a hook script', () => {
  it('in another language is left to its author', async () => {
    const project = projectIn(made.create())
    project.write('.git/hooks/pre-commit', '#!/usr/bin/env python3\nprint("x")\n')
    const { text } = await runInit(project)
    expect(text).toContain('.git/hooks/pre-commit is not a shell script (/usr/bin/env python3)')
    expect(text).toContain('Run this in it: sh node_modules/migration-lint/hooks/pre-commit')
    expect(readFileSync(join(project.path, '.git/hooks/pre-commit'), 'utf8')).toContain('print')
  })

  it('that may leave early, or is not executable, still refuses', async () => {
    const project = projectIn(made.create())
    project.write(
      '.git/hooks/pre-commit',
      '#!/bin/bash\nset -u\n\nif [ -n "$X" ]; then exit 0; fi\ntrue\n',
    )
    chmodSync(join(project.path, '.git/hooks/pre-commit'), 0o755)
    await runInit(project)
    expect(readFileSync(join(project.path, '.git/hooks/pre-commit'), 'utf8')).toBe(
      '#!/bin/bash\nset -u\n\nsh node_modules/migration-lint/hooks/pre-commit || exit 1\nif [ -n "$X" ]; then exit 0; fi\ntrue\n',
    )
    expectProtected(project, 'schema.ts', { X: '1' })
  })

  it('keeps failing where it failed', async () => {
    const project = projectIn(made.create())
    project.write('.git/hooks/pre-commit', '#!/bin/sh\nfalse\n')
    chmodSync(join(project.path, '.git/hooks/pre-commit'), 0o755)
    await runInit(project)
    project.write('a.txt', 'a')
    project.git('add', '--all')
    expect(git(project, ['commit', '-qm', 'x']).status).toBe(1)
  })

  it('of pre-push gets what git has said after us', async () => {
    const project = projectIn(made.create())
    project.write('.git/hooks/pre-push', '#!/bin/sh\nread -r ref rest\necho "$ref" >pushed.txt\n')
    chmodSync(join(project.path, '.git/hooks/pre-push'), 0o755)
    await runInit(project)
    const remote = made.create()
    remote.git('config', 'receive.denyCurrentBranch', 'ignore')
    project.git('remote', 'add', 'target', remote.path)
    expect(git(project, ['push', '-q', 'target', 'main'])).toMatchObject({ status: 0 })
    expect(read(project, 'pushed.txt')).toBe('refs/heads/main\n')
    expect(statSync(join(project.path, '.git/hooks/pre-push')).mode & 0o777).toBe(0o755)
  })
})

it('a package in a subfolder of the repository', async () => {
  const project = made.create()
  projectIn(project, { 'package.json': '' }, 'web')
  project.git('rm', '-q', 'package.json', 'schema.ts', 'drizzle.config.ts')
  project.git('rm', '-rq', 'drizzle')
  for (const [file, text] of Object.entries(drizzleProject('web'))) project.write(file, text)
  project.write('web/package.json', MANIFEST)
  link(project, 'web/node_modules/husky', join(installed({ husky: '9.1.7' }), 'node_modules/husky'))
  const before = project.commit('in a subfolder')
  const { text } = await runInit(project)
  expect(text).toContain('Proof: the pre-commit hook refuses web/schema.ts')
  expect(JSON.parse(read(project, 'web/package.json')!).scripts.prepare).toBe(
    'cd .. && husky || true',
  )
  project.commit('set up')
  expectProtected(project, 'web/schema.ts')
  await expectRemoved(project, before)
  expect(existsSync(join(project.path, '.husky'))).toBe(false)
})
