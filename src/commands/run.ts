import { statSync } from 'node:fs'
import type { CheckResult } from '../check/result.ts'
import type { DocumentedRule } from '../report/explanation.ts'
import type { FormatOptions } from '../report/formats/format.ts'
import { formatOf } from '../report/formats/table.ts'
import { painter, wantsColor, type Paint } from '../report/paint.ts'
import { inert } from '../report/printable.ts'
import { exitCode } from '../report/tally.ts'
import { parseArguments, type Command } from './arguments.ts'
import type { CheckOptions } from '../check/options.ts'
import { reportFailure } from './failure.ts'
import { terminalWidth, writeAll, type Output } from './output.ts'
import { findPlaces } from '../check/places.ts'
import { usageError } from './usage.ts'
import { bypassHint } from './bypassHint.ts'
import type { RequestedFormat } from './formats.ts'
import { formatsFor, writeOutcome } from './outcome.ts'

/** Everything outside that the commands depend on. */
export interface Surroundings {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Output
  readonly stderr: Output
  /** Whether somebody can be asked: stdin is a terminal, outside of CI. */
  isInteractive(): boolean
  version(): string
  /** Loaded only when needed: `--help` must not wait for a parser. */
  rules(): Promise<readonly DocumentedRule[]>
  /** @param isShared - whether other threads may share the work: they keep nothing that reports show */
  check(options: CheckOptions, isShared: boolean): Promise<CheckResult>
  arrived(cwd: string, env: NodeJS.ProcessEnv): Promise<string>
}

/**
 * Runs the command that a command line asks for.
 *
 * @param args - without node and the script
 * @returns the exit code; all output is written by then
 */
export async function run(args: readonly string[], on: Surroundings): Promise<0 | 1 | 2> {
  let { cwd } = on
  let otherwise: string | null = null
  try {
    const command = parseArguments(args, on.cwd, on.env)
    if (command.kind === 'baseline') cwd = command.check.cwd
    if (command.kind === 'init') cwd = command.init.cwd
    if (command.kind === 'doctor') cwd = command.doctor.cwd
    if (command.kind === 'verify' || command.kind === 'status') cwd = command.check.cwd
    if (command.kind === 'check') {
      cwd = command.check.cwd
      otherwise = bypassHint(command.check.selection, on.env)
    }
    const { text, code } = await execute(command, on)
    // JSON has been made harmless in its own way.
    await writeAll(on.stdout, text.startsWith('{') ? text : inert(text))
    return code
  } catch (error) {
    await reportFailure(error, args, { ...on, cwd })
    if (otherwise !== null) await writeAll(on.stderr, `${otherwise}\n`)
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
      return { text: ruleTable(await everyRule(on), paintFor(command, on)), code: 0 }
    }
    case 'explain': {
      const { explain } = await import('./explain.ts')
      const paint = paintFor(command, on)
      // Only a plugin's rule is worth reading the configuration for.
      const rules = await (command.rule.includes('/') ? everyRule(on) : on.rules())
      return { text: explain(command.rule, rules, proseWidth(on), paint), code: 0 }
    }
    case 'arrived':
      return { text: await on.arrived(on.cwd, on.env), code: 0 }
    case 'baseline': {
      requireFolder(command.check.cwd)
      const [{ baseline }, { baselineText }] = await Promise.all([
        import('./baseline.ts'),
        import('../report/baseline.ts'),
      ])
      return { text: baselineText(await baseline(command.check)), code: 0 }
    }
    case 'doctor': {
      requireFolder(command.doctor.cwd)
      const { doctor } = await import('./doctor.ts')
      return doctor(command.doctor, paintFor(command, on))
    }
    case 'init': {
      requireFolder(command.init.cwd)
      const [{ init }, { confirm }] = await Promise.all([
        import('./init.ts'),
        import('./confirm.ts'),
      ])
      return init(command.init, {
        version: on.version(),
        paint: paintFor(command, on),
        show: (text) => writeAll(on.stdout, text),
        ask: on.stdout.isTTY === true && on.isInteractive() ? confirm : null,
      })
    }
    case 'verify': {
      requireFolder(command.check.cwd)
      const [{ verify }, { progressOn }] = await Promise.all([
        import('./verify.ts'),
        import('./progress.ts'),
      ])
      const progress = command.output.quiet ? null : progressOn(on.stderr, on.env)
      try {
        const settings = { ...command.verify, ...(progress && { progress: progress.say }) }
        const result = await verify(command.check, settings)
        progress?.end()
        return { text: '', code: await show(command, result, on) }
      } catch (error) {
        progress?.end()
        throw error
      }
    }
    case 'status': {
      requireFolder(command.check.cwd)
      const { status } = await import('./status.ts')
      return status(command.check, command.status, paintFor(command, on))
    }
    case 'check': {
      requireFolder(command.check.cwd)
      const formats = formatsIn(command, on.env)
      // Only a whole history is worth it, and a hook must not pay for the question.
      const isShared =
        command.check.selection.kind === 'all' &&
        !formats.some(({ name }) => formatOf(name).showsDeployments)
      return { text: '', code: await show(command, await on.check(command.check, isShared), on) }
    }
  }
}

async function show(
  { check, output, noColor }: Extract<Command, { kind: 'check' | 'verify' }>,
  result: CheckResult,
  on: Surroundings,
): Promise<0 | 1 | 2> {
  const code = exitCode(result, output.maxWarnings)
  const isHook = isForHook(check)
  const options: FormatOptions = {
    ...findPlaces(check.cwd, check.env),
    color: wantsColor(noColor, on.env, on.stdout.isTTY === true),
    quiet: output.quiet,
    silentIfClean: isHook,
    bypassHint: code === 0 ? null : bypassHint(check.selection, check.env),
    width: terminalWidth(on.stdout),
    maxWarnings: output.maxWarnings,
    isWholeHistory: check.selection.kind === 'all',
    code,
    version: on.version(),
  }
  await writeOutcome(result, formatsIn({ check, output }, on.env), options, on)
  return code
}

function formatsIn(
  { check, output }: Pick<Extract<Command, { kind: 'check' | 'verify' }>, 'check' | 'output'>,
  env: NodeJS.ProcessEnv,
): readonly RequestedFormat[] {
  return formatsFor(output.formats, env, isForHook(check))
}

function isForHook({ selection }: CheckOptions): boolean {
  return ['staged', 'pushed'].includes(selection.kind)
}

/** The rules, those of the configuration's plugins included. */
async function everyRule(on: Surroundings): Promise<readonly DocumentedRule[]> {
  const [{ loadConfig }, { pluginRules }] = await Promise.all([
    import('../config/load.ts'),
    import('../lint/plugins.ts'),
  ])
  const rules = await on.rules()
  const { config } = await loadConfig(findPlaces(on.cwd, on.env).root, null, rules)
  return [...rules, ...pluginRules(config)]
}

function requireFolder(cwd: string): void {
  if (!isFolder(cwd)) throw usageError(`--cwd: ${cwd} is not a folder`)
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function paintFor({ noColor }: { readonly noColor: boolean }, on: Surroundings): Paint {
  return painter(wantsColor(noColor, on.env, on.stdout.isTTY === true))
}

function proseWidth(on: Surroundings): number {
  return Math.min(terminalWidth(on.stdout) ?? 100, 100)
}
