import type { Problem } from '../finding/finding.ts'
import { ProblemError } from '../finding/problem.ts'
import { painter, wantsColor } from '../report/paint.ts'
import { inertLine, printable } from '../report/printable.ts'
import { fatalText } from '../report/problem.ts'
import { wantsJson } from './arguments.ts'
import { writeAll, type Output } from './output.ts'
import { findPlaces } from '../check/places.ts'

/** Where a failure is reported to. */
export interface FailureOutput {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Output
  readonly stderr: Output
}

/**
 * Says on stderr, in one line and a remedy, why there is no outcome; where JSON was asked for,
 * stdout gets it as JSON too. The exit code for it is 2.
 *
 * @param error - a ProblemError, or anything else, which is a bug of ours
 * @param args - the command line
 */
export async function reportFailure(
  error: unknown,
  args: readonly string[],
  { cwd, env, stdout, stderr }: FailureOutput,
): Promise<void> {
  const isBug = !(error instanceof ProblemError)
  const problem = isBug ? bugProblem(error) : error.problem
  const paint = painter(wantsColor(args.includes('--no-color'), env, stderr.isTTY === true))
  // Where nothing can be written, there is nobody to be told.
  const say = (output: Output, text: string) => writeAll(output, text).catch(() => {})
  await say(stderr, fatalText(problem, paint))
  if (env.MIGRATION_LINT_DEBUG && isBug) {
    const stack = String(error instanceof Error ? error.stack : error)
    await say(stderr, `${stack.split('\n').map(printable).map(inertLine).join('\n')}\n`)
  }
  if (!wantsJson(args)) return
  const { jsonProblems } = await import('../report/json.ts')
  await say(stdout, jsonProblems([problem], findPlaces(cwd, env)))
}

function bugProblem(error: unknown): Problem {
  const [reason] = String(error instanceof Error ? error.message : error).split('\n')
  return {
    message: `internal error: ${reason}`,
    file: null,
    help: 'this is a bug in migration-lint; run again with MIGRATION_LINT_DEBUG=1 for the stack',
  }
}
