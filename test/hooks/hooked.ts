import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { builtCli } from '../built.ts'
import { type Files, writeFiles } from '../check/projects.ts'
import { isolatedEnvironment, openRepository } from '../git/repository.ts'
import type { Repository } from '../git/repository.ts'

export const HOOKS = join(import.meta.dirname, '../../hooks')

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly status: number | null
  readonly output: string
}

export interface RunOptions {
  /** Default: the top folder. */
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** What is typed. */
  readonly input?: string
}

/** A repository whose hooks are ours and whose migration-lint is the built one. */
export interface Hooked extends Repository {
  /** Runs git as a user would, hooks and all; a failing one is an answer. */
  run(args: readonly string[], options?: RunOptions): Outcome
  /** `git commit -m <message>` with more arguments. */
  try(...more: string[]): Outcome
  /** How often migration-lint was started since it was asked last. */
  starts(): number
  add(files: Files): void
}

/**
 * Puts the hooks where git runs them, the way a user does: a line that calls ours. Each also makes
 * sure that neither the index nor the working directory is another one after it.
 *
 * @param tools - a folder of its own, outside of the repository
 */
export function hooked(repository: Repository, tools: string): Hooked {
  const log = join(tools, 'starts')
  const bin = join(tools, 'node_modules/.bin/migration-lint')
  script(bin, `echo "$*" >>'${log}'\nexec '${process.execPath}' '${builtCli()}' "$@"`)
  const state = join(tools, 'state.cjs')
  writeFileSync(state, STATE)
  const path = `${dirname(bin)}:${withoutModules()}`
  for (const name of ['pre-commit', 'pre-merge-commit', 'pre-push', 'post-merge']) {
    const hook = join(repository.git('rev-parse', '--absolute-git-dir'), 'hooks', name)
    script(
      hook,
      `state() { '${process.execPath}' '${state}'; }
before=$(state)
sh '${join(HOOKS, name)}' "$@"
code=$?
[ "$before" = "$(state)" ] || { echo 'the hook has written' >&2; exit 99; }
exit $code`,
    )
  }
  const run: Hooked['run'] = (args, { cwd = repository.path, env = {}, input = '' } = {}) => {
    const { status, stdout, stderr } = spawnSync('git', args, {
      cwd,
      input,
      env: isolatedEnvironment({ PATH: path, ...env }),
      encoding: 'utf8',
    })
    return { status, output: stdout + stderr }
  }
  return {
    ...repository,
    run,
    try: (...more) => run(['commit', '--quiet', '-m', 'a commit', ...more]),
    starts() {
      const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []
      rmSync(log, { force: true })
      return lines.length
    },
    add(files) {
      writeFiles(repository.path, files)
      repository.git('add', '--all')
    },
  }
}

/** The same for another checkout of the same repository. */
export function elsewhere(hooks: Hooked, path: string): Hooked {
  const run: Hooked['run'] = (args, options) => hooks.run(args, { cwd: path, ...options })
  return {
    ...hooks,
    ...openRepository(path),
    run,
    try: (...more) => run(['commit', '--quiet', '-m', 'a commit', ...more]),
    add(files) {
      writeFiles(path, files)
      openRepository(path).git('add', '--all')
    },
  }
}

function script(file: string, body: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
}

/** No migration-lint but the one under test. */
function withoutModules(): string {
  const entries = (process.env.PATH ?? '').split(':')
  return entries.filter((entry) => !entry.includes('node_modules')).join(':')
}

/** Prints the index as bytes, and of each file its content and when it was written. */
const STATE = `
const { createHash } = require('node:crypto')
const { lstatSync, readFileSync, readdirSync, readlinkSync } = require('node:fs')
const { join } = require('node:path')
const hash = createHash('sha1')
const index = process.env.GIT_INDEX_FILE ?? join(process.env.GIT_DIR ?? '.git', 'index')
try { hash.update(readFileSync(index)) } catch {}
const visit = (folder) => {
  for (const name of readdirSync(folder).sort()) {
    if (name === '.git') continue
    const path = join(folder, name)
    const stats = lstatSync(path)
    hash.update(path + stats.mtimeMs + stats.mode)
    if (stats.isDirectory()) visit(path)
    else hash.update(stats.isSymbolicLink() ? readlinkSync(path) : readFileSync(path))
  }
}
visit('.')
console.log(hash.digest('hex'))
`
