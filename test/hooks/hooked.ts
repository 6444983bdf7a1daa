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
  const marker = join(tools, 'marker')
  const path = `${dirname(bin)}:${withoutModules()}`
  for (const name of ['pre-commit', 'pre-merge-commit', 'pre-push', 'post-merge']) {
    const hook = join(repository.git('rev-parse', '--absolute-git-dir'), 'hooks', name)
    script(
      hook,
      `marker='${marker}'
${STATE}
before=$(state)
: >"$marker"
sh '${join(HOOKS, name)}' "$@"
code=$?
[ "$before" = "$(state)" ] && [ -z "$(written)" ] || { echo 'the hook has written' >&2; exit 99; }
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

/**
 * Prints checksums of the index and of every file, with what ls tells of all there is: `state`. And what
 * was written since: `written`. By the shell, because a Node.js for each costs more than the hook.
 */
const STATE = `
index=\${GIT_INDEX_FILE:-\${GIT_DIR:-.git}/index}
all() { find . -name .git -prune -o "$@"; }
state() { cat "$index" 2>/dev/null | cksum; all -exec ls -ld {} + | sort; all -type f -exec cksum {} + | sort; }
written() { all -newer "$marker" -print; }
`
