import type { Problem } from './finding.ts'
import { ProblemError } from './problem.ts'

/**
 * What the tool itself fails on, as a problem of that one thing: the rest of the run goes on. With
 * MIGRATION_LINT_DEBUG nothing is caught, so that the stack is printed.
 *
 * @param what - what was not judged: `drizzle/0001_x.sql, line 3`
 * @throws the error, where it is a problem already or a stack is wanted
 */
export function internalError(error: unknown, what: string, file: string | null): Problem {
  if (error instanceof ProblemError) return error.problem
  if (process.env.MIGRATION_LINT_DEBUG) throw error
  const [reason] = String(error instanceof Error ? error.message : error).split('\n')
  return {
    message: `internal-error: ${what} could not be judged: ${reason}`,
    file,
    help: 'This is a bug in migration-lint: please report it with that text, and with the stack trace that MIGRATION_LINT_DEBUG=1 prints. Everything else was judged.',
  }
}
