import { spawnSync } from 'node:child_process'

import { ProblemError } from '../finding/problem.ts'

/** What one git process answered. */
export interface GitAnswer {
  readonly status: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** What is said wherever git is missing: the ways of choosing migrations that do without it. */
export const worksWithoutGit =
  'Use --since <tag> or --all, or name the migration files: these need no git.'

/**
 * Runs git once and waits for it. Child processes are started directly, not through simple-git,
 * because the pre-commit hook cannot afford to load it.
 *
 * @param args - git's arguments
 * @param place - the folder to run in and the whole environment of the process
 * @param input - what git reads from stdin
 * @returns exit status and both outputs; a failing git is an answer, not an exception
 * @throws ProblemError where git is not installed or could not be started
 */
export function runGit(
  args: readonly string[],
  place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  input = '',
): GitAnswer {
  const { error, status, stdout, stderr } = spawnSync('git', args, {
    cwd: place.cwd,
    env: place.env,
    input,
    maxBuffer: Infinity,
    windowsHide: true,
  })
  if (error !== undefined) {
    const missing = 'code' in error && error.code === 'ENOENT'
    throw new ProblemError({
      message: missing
        ? 'git was not found on the PATH'
        : `git could not be started: ${error.message}`,
      file: null,
      help: worksWithoutGit,
    })
  }
  return { status: status ?? 128, stdout, stderr: stderr.toString('utf8') }
}

/** The reason git gives on stderr. */
export function firstLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')[0]
      ?.replace(/^fatal: /, '') || 'no reason given'
  )
}
