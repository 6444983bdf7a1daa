import type { Problem } from '../finding/finding.ts'
import { ProblemError } from '../finding/problem.ts'
import type { FormatOptions } from '../report/formats/format.ts'
import { painter, wantsColor } from '../report/paint.ts'
import { inertLine, printable } from '../report/printable.ts'
import type { Places } from '../finding/places.ts'
import { fatalText } from '../report/problem.ts'
import { findPlaces } from '../check/places.ts'
import { type CheckResult, noCounts } from '../check/result.ts'
import { formatsIn, type RequestedFormat } from './formats.ts'
import { SUBCOMMANDS } from './options.ts'
import { formatsFor, writeOutcome } from './outcome.ts'
import { writeAll, type Output } from './output.ts'

/** Where a failure is reported to. */
export interface FailureOutput {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Output
  readonly stderr: Output
  version(): string
}

/**
 * Says on stderr, in one line and a remedy, why there is no outcome; every format that was asked for
 * says it too. The exit code for it is 2.
 *
 * @param error - a ProblemError, or anything else, which is a bug of ours
 * @param args - the command line
 */
export async function reportFailure(
  error: unknown,
  args: readonly string[],
  on: FailureOutput,
): Promise<void> {
  const { cwd, env, stderr } = on
  const isBug = !(error instanceof ProblemError)
  const problem = isBug ? bugProblem(error) : error.problem
  const paint = painter(wantsColor(args.includes('--no-color'), env, stderr.isTTY === true))
  // Where nothing can be written, there is nobody to be told.
  const say = (output: Output, text: string) => writeAll(output, text).catch(() => {})
  const places = placesOf(cwd, env)
  await say(stderr, fatalText(problem, places, paint))
  if (env.MIGRATION_LINT_DEBUG && isBug) {
    const stack = String(error instanceof Error ? error.stack : error)
    await say(stderr, `${stack.split('\n').map(printable).map(inertLine).join('\n')}\n`)
  }
  // stderr has told people.
  const machines = formatsOf(args, cwd, env).filter(
    ({ name, file }) => name !== 'pretty' || file !== null,
  )
  if (machines.length === 0) return
  try {
    const options: FormatOptions = {
      ...places,
      color: false,
      quiet: false,
      silentIfClean: false,
      bypassHint: null,
      width: null,
      maxWarnings: null,
      isWholeHistory: false,
      code: 2,
      version: on.version(),
    }
    await writeOutcome(nothingChecked(problem), machines, options, on)
  } catch {
    // Where nothing can be written either, stderr has said the first of it.
  }
}

/** What a command would have printed its outcome in. */
function formatsOf(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): readonly RequestedFormat[] {
  const requested = formatsIn(args, cwd)
  const command = SUBCOMMANDS.find((name) => args.includes(name))
  if (command === 'report') {
    return [{ name: args.includes('--html') ? 'html' : 'report', file: null }]
  }
  if (command !== undefined && command !== 'verify') return requested
  const isHook = args.some((arg) => arg === '--staged' || arg.startsWith('--pushed'))
  return formatsFor(requested, env, isHook)
}

/** The outcome of a check that came to nothing. */
function nothingChecked(problem: Problem): CheckResult {
  return {
    findings: [],
    problems: [problem],
    counts: noCounts,
    comparedWith: '',
    text: () => undefined,
  }
}

function bugProblem(error: unknown): Problem {
  const [reason] = String(error instanceof Error ? error.message : error).split('\n')
  return {
    message: `internal error: ${reason}`,
    file: null,
    help: 'this is a bug in migration-lint; run again with MIGRATION_LINT_DEBUG=1 for the stack trace',
  }
}

/** Of a folder that is none there are no others. */
function placesOf(cwd: string, env: NodeJS.ProcessEnv): Places {
  try {
    return findPlaces(cwd, env)
  } catch {
    return { root: cwd, cwd }
  }
}
