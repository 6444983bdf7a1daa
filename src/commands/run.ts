import { statSync } from 'node:fs'
import type { CheckResult } from '../lint/result.ts'
import { ProblemError } from '../problem.ts'
import type { DocumentedRule } from '../report/explanation.ts'
import type { Problem } from '../lint/finding.ts'
import { parseArguments, wantsJson, type Command } from './arguments.ts'
import type { CheckOptions } from './checkOptions.ts'
import { terminalWidth, writeAll, type Output } from './output.ts'
import { findPlaces } from './places.ts'
import { usageError } from './usage.ts'

/** Everything outside that the commands depend on. */
export interface Surroundings {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Output
  readonly stderr: Output
  version(): string
  /** Loaded only when needed: `--help` must not wait for a parser. */
  rules(): Promise<readonly DocumentedRule[]>
  check(options: CheckOptions): Promise<CheckResult>
}

/**
 * Runs the command that a command line asks for.
 *
 * @param args - without node and the script
 * @returns the exit code; all output is written by then
 */
export async function run(args: readonly string[], on: Surroundings): Promise<0 | 1 | 2> {
  try {
    const command = parseArguments(args, on.cwd, on.env)
    const { text, code } = await execute(command, on)
    await writeAll(on.stdout, text)
    return code
  } catch (error) {
    await reportFailure(error, args, on)
    return 2
  }
}

async function execute(
  command: Command,
  on: Surroundings,
): Promise<{ text: string; code: 0 | 1 | 2 }> {
  switch (command.kind) {
    case 'help':
      return { text: (await import('./help.ts')).helpText(), code: 0 }
    case 'version':
      return { text: `${on.version()}\n`, code: 0 }
    case 'rules': {
      const { ruleTable } = await import('../report/ruleTable.ts')
      return { text: ruleTable(await on.rules(), await paintFor(command, on)), code: 0 }
    }
    case 'explain': {
      const { explain } = await import('./explain.ts')
      const paint = await paintFor(command, on)
      return { text: explain(command.rule, await on.rules(), proseWidth(on), paint), code: 0 }
    }
    case 'check':
      return runCheck(command, on)
  }
}

async function runCheck(
  { check, output, noColor }: Extract<Command, { kind: 'check' }>,
  on: Surroundings,
): Promise<{ text: string; code: 0 | 1 | 2 }> {
  if (!statSync(check.cwd, { throwIfNoEntry: false })?.isDirectory()) {
    throw usageError(`--cwd: ${check.cwd} is not a folder`)
  }
  const result = await on.check(check)
  const { exitCode } = await import('../report/tally.ts')
  const code = exitCode(result, output.maxWarnings)
  const places = findPlaces(check.cwd, check.env)
  if (output.format === 'json') {
    const { json } = await import('../report/json.ts')
    return { text: json(result, { ...places, quiet: output.quiet }), code }
  }
  const { pretty } = await import('../report/pretty.ts')
  const { wantsColor } = await import('../report/paint.ts')
  const text = pretty(result, {
    ...places,
    color: wantsColor(noColor, on.env, on.stdout.isTTY === true),
    quiet: output.quiet,
    width: terminalWidth(on.stdout),
    maxWarnings: output.maxWarnings,
  })
  return { text, code }
}

/** Says on stderr why there is no outcome; with `--format json` stdout gets it as JSON too. */
async function reportFailure(
  error: unknown,
  args: readonly string[],
  on: Surroundings,
): Promise<void> {
  const problem = error instanceof ProblemError ? error.problem : bugProblem(error)
  const { painter, wantsColor } = await import('../report/paint.ts')
  const { fatalText } = await import('../report/problem.ts')
  const noColor = args.includes('--no-color')
  const paint = painter(wantsColor(noColor, on.env, on.stderr.isTTY === true))
  await writeAll(on.stderr, fatalText(problem, paint))
  if (on.env.MIGRATION_LINT_DEBUG && !(error instanceof ProblemError)) {
    await writeAll(on.stderr, `${error instanceof Error ? error.stack : String(error)}\n`)
  }
  if (!wantsJson(args)) return
  const { jsonProblems } = await import('../report/json.ts')
  await writeAll(on.stdout, jsonProblems([problem], findPlaces(on.cwd, on.env)))
}

function bugProblem(error: unknown): Problem {
  const [reason] = String(error instanceof Error ? error.message : error).split('\n')
  return {
    message: `internal error: ${reason}`,
    file: null,
    help:
      'this is a bug in migration-lint; ' +
      'run again with MIGRATION_LINT_DEBUG=1 for the stack',
  }
}

async function paintFor({ noColor }: { readonly noColor: boolean }, on: Surroundings) {
  const { painter, wantsColor } = await import('../report/paint.ts')
  return painter(wantsColor(noColor, on.env, on.stdout.isTTY === true))
}

function proseWidth(on: Surroundings): number {
  return Math.min(terminalWidth(on.stdout) ?? 100, 100)
}
