import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { builtCli } from '../built.ts'

const hook = path.join(import.meta.dirname, '../../hooks/pre-commit')

let folder: string
let repository: string
let bin: string
let log: string

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'pre-commit hook ')))
  repository = path.join(folder, 'repo')
  bin = path.join(folder, 'bin')
  log = path.join(folder, 'calls')
  mkdirSync(repository)
  git('init', '--quiet', '--initial-branch=main')
  installHook(repository)
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('where the tool comes from', () => {
  it('runs migration-lint --staged from the node_modules of the repository', () => {
    fakeTool(path.join(repository, 'node_modules/.bin'))
    stage('a.sql')
    expect(commit('first')).toEqual({ status: 0, output: '' })
    expect(calls()).toEqual([`--staged in ${repository}`])
  })

  it('finds node_modules above the repository', () => {
    fakeTool(path.join(folder, 'node_modules/.bin'))
    stage('a.sql')
    expect(commit('first').status).toBe(0)
    expect(calls()).toHaveLength(1)
  })

  it('takes it from PATH when no node_modules has it', () => {
    fakeTool(bin)
    stage('a.sql')
    expect(commit('first').status).toBe(0)
    expect(calls()).toEqual([`--staged in ${repository}`])
  })

  it('starts it without NODE_EXTRA_CA_CERTS, which it gets under another name', () => {
    const said = path.join(folder, 'said')
    fakeTool(bin, `echo "$NODE_EXTRA_CA_CERTS|$MIGRATION_LINT_EXTRA_CA_CERTS" >'${said}'`)
    stage('a.sql')
    expect(withCertificates()).toBe(0)
    expect(readFileSync(said, 'utf8')).toBe('|/a b/certs.pem\n')
  })

  it('prefers the one of the repository to the one on PATH', () => {
    fakeTool(path.join(repository, 'node_modules/.bin'))
    fakeTool(bin, 'echo wrong one; exit 1')
    stage('a.sql')
    expect(commit('first')).toEqual({ status: 0, output: '' })
  })

  it('finds the installation it lies in, where only a sub-package has one', () => {
    const modules = path.join(repository, 'packages/my db/node_modules')
    mkdirSync(path.join(modules, 'migration-lint/hooks'), { recursive: true })
    const own = path.join(modules, 'migration-lint/hooks/pre-commit')
    copyFileSync(hook, own)
    writeFileSync(
      path.join(repository, '.git/hooks/pre-commit'),
      `sh '${path.relative(repository, own)}'\n`,
    )
    fakeTool(path.join(modules, '.bin'))
    stage('a.sql')
    expect(commit('first')).toEqual({ status: 0, output: '' })
    expect(calls()).toEqual([`--staged in ${repository}`])
  })

  it('refuses in one line that says how to go on when there is none', () => {
    stage('a.sql')
    const { status, output } = commit('first')
    expect(status).toBe(1)
    expect(output.trimEnd().split('\n')).toHaveLength(1)
    expect(output).toContain('migration-lint is not installed')
    expect(output).toContain(repository)
    expect(output).toContain('git commit --no-verify')
    expect(commit('first', '--no-verify').status).toBe(0)
  })
})

describe('what the tool answers', () => {
  it.each([1, 2])('exit code %d stops the commit and shows what was said', (code) => {
    fakeTool(bin, `echo found on stdout; echo said on stderr >&2; exit ${code}`)
    stage('a.sql')
    const { status, output } = commit('first')
    expect(status).not.toBe(0)
    expect(output).toContain('found on stdout')
    expect(output).toContain('said on stderr')
    expect(git('rev-list', '--all').output).toBe('')
  })

  it('lets warnings through and shows them', () => {
    fakeTool(bin, 'echo a warning')
    stage('a.sql')
    expect(commit('first')).toEqual({ status: 0, output: 'a warning\n' })
  })
})

describe('which commits it looks at', () => {
  beforeEach(() => {
    stage('a.sql')
    stage('b.sql')
    commit('first', '--no-verify')
    fakeTool(bin)
  })

  it('does not start the tool when nothing is staged', () => {
    expect(commit('another message', '--amend').status).toBe(0)
    expect(commit('empty', '--allow-empty').status).toBe(0)
    expect(calls()).toEqual([])
  })

  it('looks at commit -a and at commit FILE, which git stages in an index of their own', () => {
    appendFileSync(path.join(repository, 'a.sql'), 'select 2;\n')
    expect(commit('all', '-a').status).toBe(0)
    appendFileSync(path.join(repository, 'b.sql'), 'select 2;\n')
    expect(commit('one file', 'b.sql').status).toBe(0)
    expect(calls()).toHaveLength(2)
  })

  it('looks at a commit that only deletes', () => {
    git('rm', '--quiet', 'a.sql')
    expect(commit('delete').status).toBe(0)
    expect(calls()).toHaveLength(1)
  })

  it('looks at everything that is staged, from whichever folder the commit is made', () => {
    git('config', 'diff.relative', 'true')
    git('config', 'diff.external', 'false')
    mkdirSync(path.join(repository, 'packages/api'), { recursive: true })
    appendFileSync(path.join(repository, 'a.sql'), 'select 2;\n')
    git('add', 'a.sql')
    const made = run('git', ['commit', '--quiet', '-m', 'x'], path.join(repository, 'packages/api'))
    expect(made.status).toBe(0)
    expect(calls()).toEqual([`--staged in ${repository}`])
  })

  it('looks at a commit in a linked worktree', () => {
    const worktree = path.join(folder, 'linked')
    git('worktree', 'add', '--quiet', '-b', 'feature', worktree)
    rmSync(path.join(worktree, 'a.sql'))
    const made = run('git', ['commit', '--quiet', '-a', '-m', 'delete'], worktree)
    expect(made).toEqual({ status: 0, output: '' })
    expect(calls()).toEqual([`--staged in ${worktree}`])
  })
})

describe('with the real command line', () => {
  beforeEach(() => {
    mkdirSync(path.join(repository, 'node_modules/.bin'), { recursive: true })
    symlinkSync(builtCli(), path.join(repository, 'node_modules/.bin/migration-lint'))
    write('.gitignore', 'node_modules\n')
    write('drizzle.config.ts', "export default { dialect: 'postgresql', out: './drizzle' }\n")
    migrate(['0000_users', 'CREATE TABLE users (id integer PRIMARY KEY, email text);'])
    git('add', '.')
    commit('deployed', '--no-verify')
    git('switch', '--quiet', '-c', 'feature')
  })

  it('stops a commit that drops a column, and names rule and column', () => {
    migrate(
      ['0000_users', 'CREATE TABLE users (id integer PRIMARY KEY, email text);'],
      ['0001_no_email', 'ALTER TABLE users DROP COLUMN email;'],
    )
    git('add', '.')
    const { status, output } = commit('drop')
    expect(status).toBe(1)
    expect(output).toContain('drop-column')
    expect(output).toContain('users.email')
    expect(output).toContain('drizzle/0001_no_email.sql:1:')
  })

  it('gives the project its NODE_EXTRA_CA_CERTS back', () => {
    const said = path.join(folder, 'said')
    write(
      'migration-lint.config.mjs',
      `import { writeFileSync } from 'node:fs'
const { NODE_EXTRA_CA_CERTS: own, MIGRATION_LINT_EXTRA_CA_CERTS: ours } = process.env
writeFileSync(${JSON.stringify(said)}, own + '|' + ours)
export default {}\n`,
    )
    git('add', '.')
    expect(withCertificates()).toBe(0)
    expect(readFileSync(said, 'utf8')).toBe('/a b/certs.pem|undefined')
  })

  it('lets a commit through that adds a nullable column', () => {
    migrate(
      ['0000_users', 'CREATE TABLE users (id integer PRIMARY KEY, email text);'],
      ['0001_nickname', 'ALTER TABLE users ADD COLUMN nickname text;'],
    )
    git('add', '.')
    const { status, output } = commit('add')
    expect(output).not.toMatch(/error|warning/)
    expect(status).toBe(0)
  })
})

/** A migrations folder as drizzle-kit 0.x lays it out. */
function migrate(...migrations: [tag: string, sql: string][]): void {
  const entries = migrations.map(([tag], idx) => ({
    idx,
    version: '7',
    when: 1_700_000_000_000 + idx,
    tag,
    breakpoints: true,
  }))
  const journal = { version: '7', dialect: 'postgresql', entries }
  write('drizzle/meta/_journal.json', JSON.stringify(journal))
  for (const [tag, sql] of migrations) write(`drizzle/${tag}.sql`, `${sql}\n`)
}

/** Puts the hook where git runs it. */
function installHook(folder: string): void {
  const target = path.join(folder, '.git/hooks/pre-commit')
  mkdirSync(path.dirname(target), { recursive: true })
  copyFileSync(hook, target)
  chmodSync(target, 0o755)
}

/** A migration-lint that writes down how it was called. */
function fakeTool(folder: string, then = 'exit 0'): void {
  mkdirSync(folder, { recursive: true })
  const script = `#!/bin/sh\necho "$* in $PWD" >> '${log}'\n${then}\n`
  writeFileSync(path.join(folder, 'migration-lint'), script, { mode: 0o755 })
}

function calls(): string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []
}

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(repository, file)), { recursive: true })
  writeFileSync(path.join(repository, file), content)
}

function stage(file: string): void {
  write(file, 'select 1;\n')
  git('add', file)
}

function commit(message: string, ...more: string[]) {
  return git('commit', '--quiet', '-m', message, ...more)
}

function git(...parameters: string[]) {
  return run('git', parameters, repository)
}

/** Runs the hook where Node is told to trust more certificates. */
function withCertificates(): number | null {
  const extra = { NODE_EXTRA_CA_CERTS: '/a b/certs.pem' }
  return run('sh', [hook], repository, extra).status
}

function run(command: string, parameters: string[], cwd: string, more: NodeJS.ProcessEnv = {}) {
  const inherited = (process.env.PATH ?? '').split(path.delimiter)
  const others = inherited.filter((entry) => !entry.includes('node_modules'))
  const env = { ...process.env, ...more, PATH: [bin, ...others].join(path.delimiter) }
  const { status, stdout, stderr } = spawnSync(command, parameters, { cwd, env, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}
