import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { builtCli } from '../built.ts'
import { CREATE_USERS, DROP_EMAIL, project, writeFiles } from '../check/projects.ts'
import { useRepositories } from '../git/fixtures.ts'
import type { Repository } from '../git/repository.ts'
import { isolatedEnvironment } from '../git/repository.ts'
import { installed } from '../installed.ts'

const LINE = 'sh node_modules/migration-lint/hooks/pre-commit'
const root = path.join(import.meta.dirname, '../..')
const repositories = useRepositories()

let repository: Repository

/** A project with migration-lint in its node_modules, as npm would put it there. */
beforeEach(() => {
  repository = repositories.create()
  const bin = path.join(repository.path, 'node_modules/.bin')
  mkdirSync(bin, { recursive: true })
  symlinkSync(builtCli(), path.join(bin, 'migration-lint'))
  symlinkSync(root, path.join(repository.path, 'node_modules/migration-lint'))
  writeFiles(repository.path, {
    ...project({ '0000_users': CREATE_USERS }),
    '.gitignore': 'node_modules\n',
    'a.txt': '',
  })
})

/** Installs another package beside it, once for all tests, and answers where its files are. */
function alsoInstalled(name: string, version: string, ...bins: string[]): string {
  const modules = path.join(installed({ [name]: version }), 'node_modules')
  for (const bin of bins) {
    symlinkSync(
      path.join(modules, '.bin', bin),
      path.join(repository.path, 'node_modules/.bin', bin),
    )
  }
  return path.join(modules, name)
}

function run(command: string, ...args: string[]) {
  const others = (process.env.PATH ?? '')
    .split(':')
    .filter((entry) => !entry.includes('node_modules'))
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: repository.path,
    env: isolatedEnvironment({
      PATH: others.join(':'),
      PRE_COMMIT_HOME: path.join(repository.path, 'node_modules/.cache/pre-commit'),
    }),
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

const node = (...args: string[]) => {
  const { status, output } = run(process.execPath, ...args)
  if (status !== 0) throw new Error(output)
}
const commit = () => run('git', 'commit', '--quiet', '-m', 'a commit')

function deploy(): void {
  repository.commit('what production has')
  repository.git('switch', '--quiet', '-c', 'feature')
}

/** One commit that is stopped with one finding, and one that goes through. */
function expectGuarded(): void {
  deploy()
  writeFiles(repository.path, project({ '0000_users': CREATE_USERS, '0001_drop': DROP_EMAIL }))
  repository.git('add', '--all')
  const stopped = commit()
  expect(stopped.output.split('drop-column  users.email')).toHaveLength(2)
  expect(stopped.output).toContain('git commit --no-verify')
  expect(stopped.status).not.toBe(0)
  expect(repository.git('log', '--format=%s', '-1')).toBe('what production has')

  repository.git('reset', '--quiet', '--hard')
  writeFiles(repository.path, { 'a.txt': 'changed' })
  repository.git('add', '--all')
  const passed = commit()
  expect(passed.output).not.toMatch(/drop-column|error/)
  expect(passed.status).toBe(0)
  expect(repository.git('log', '--format=%s', '-1')).toBe('a commit')
  // The list that spares the next commit the start of Node.
  expect(existsSync(path.join(repository.path, '.git/migration-lint.paths'))).toBe(true)
}

describe('the guard is installed', () => {
  it('with husky', () => {
    const husky = alsoInstalled('husky', '9.1.7')
    writeFiles(repository.path, { '.husky/pre-commit': `${LINE}\n` })
    node(path.join(husky, 'bin.js'))
    expectGuarded()
  })

  it('with husky, as a command', () => {
    const husky = alsoInstalled('husky', '9.1.7')
    writeFiles(repository.path, { '.husky/pre-commit': 'migration-lint --staged\n' })
    node(path.join(husky, 'bin.js'))
    expectGuarded()
  })

  it('with lefthook', () => {
    const lefthook = alsoInstalled('lefthook', '2.2.2', 'lefthook')
    const config = `pre-commit:\n  commands:\n    migrations:\n      run: ${LINE}\n`
    writeFiles(repository.path, { 'lefthook.yml': config })
    node(path.join(lefthook, 'bin/index.js'), 'install')
    expectGuarded()
  })

  it('with simple-git-hooks', () => {
    const manager = alsoInstalled('simple-git-hooks', '2.14.0')
    const manifest = { 'simple-git-hooks': { 'pre-commit': LINE } }
    writeFiles(repository.path, { 'package.json': JSON.stringify(manifest) })
    node(path.join(manager, 'cli.js'))
    expectGuarded()
  })

  it('by core.hooksPath alone', () => {
    repository.git('config', 'core.hooksPath', 'node_modules/migration-lint/hooks')
    expectGuarded()
  })

  it('as a script in .git/hooks', () => {
    const hook = path.join(repository.path, '.git/hooks/pre-commit')
    writeFiles(path.dirname(hook), { 'pre-commit': `#!/bin/sh\nexec ${LINE}\n` })
    run('chmod', '+x', hook)
    expectGuarded()
  })
})

describe('the pre-commit framework', () => {
  /** The only hook of .pre-commit-hooks.yaml, which is plain `key: value` lines. */
  const offered = new Map(
    readFileSync(path.join(root, '.pre-commit-hooks.yaml'), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, key, value] = /^(?:- | {2})(\w+): (.*)$/.exec(line) ?? []
        return key === undefined ? [] : [[key, value!] as const]
      }),
  )
  const isThere = spawnSync('pre-commit', ['--version']).status === 0

  it('is offered what its documentation asks for (https://pre-commit.com/#new-hooks)', () => {
    const { bin } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      bin: object
    }
    const [command = '', ...args] = offered.get('entry')!.split(' ')
    expect(Object.keys(bin)).toContain(command)
    expect(args).toEqual(['--staged'])
    expect(Object.fromEntries(offered)).toMatchObject({
      id: 'migration-lint',
      language: 'node',
      pass_filenames: 'false',
      always_run: 'true',
      require_serial: 'true',
    })
    // It installs what `npm pack` names, and takes all that npm prints for the name.
    const setting = spawnSync('npm', ['config', 'get', 'foreground-scripts'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(setting.stdout.trim()).toBe('false')
  })

  it.runIf(isThere)('runs the guard', () => {
    const { id, name, entry } = Object.fromEntries(offered)
    const hook = {
      id,
      name,
      entry: path.join(repository.path, 'node_modules/.bin', entry!),
      language: 'system',
      pass_filenames: false,
      always_run: true,
    }
    const config = { repos: [{ repo: 'local', hooks: [hook] }] }
    // JSON is YAML.
    writeFiles(repository.path, { '.pre-commit-config.yaml': JSON.stringify(config) })
    expect(run('pre-commit', 'install').output).toContain('installed')
    expectGuarded()
  })
})

describe('beside lint-staged', () => {
  it('ESLint sees schema files, the guard everything, and each says its own once', () => {
    const husky = alsoInstalled('husky', '9.1.7')
    alsoInstalled('lint-staged', '16.4.0', 'lint-staged')
    symlinkSync(
      path.join(root, 'node_modules/eslint/bin/eslint.js'),
      path.join(repository.path, 'node_modules/.bin/eslint'),
    )
    writeFiles(repository.path, {
      '.husky/pre-commit': `lint-staged --quiet\n${LINE}\n`,
      'package.json': JSON.stringify({ type: 'module', 'lint-staged': { 'schema.js': 'eslint' } }),
      'eslint.config.js': `export default [{ rules: { 'no-debugger': 'error' } }]\n`,
    })
    node(path.join(husky, 'bin.js'))
    deploy()
    const drop = project({ '0000_users': CREATE_USERS, '0001_drop': DROP_EMAIL })
    writeFiles(repository.path, { ...drop, 'schema.js': 'debugger\n' })
    repository.git('add', '--all')
    const linted = commit()
    expect(linted.output.split('no-debugger')).toHaveLength(2)
    expect(linted.output).not.toContain('drop-column')
    expect(linted.status).not.toBe(0)

    writeFiles(repository.path, { 'schema.js': 'export {}\n' })
    repository.git('add', '--all')
    const guarded = commit()
    expect(guarded.output.split('drop-column  users.email')).toHaveLength(2)
    expect(guarded.status).not.toBe(0)

    repository.git('rm', '-rqf', 'drizzle/0001_drop.sql', 'drizzle/meta/0001_snapshot.json')
    writeFiles(repository.path, project({ '0000_users': CREATE_USERS }))
    repository.git('add', '--all')
    expect(commit().status).toBe(0)
  })
})
