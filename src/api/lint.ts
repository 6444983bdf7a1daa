import { resolve } from 'node:path'
import { rulebook } from '../../rules/index.ts'
import { check } from '../check/check.ts'
import type { CheckOptions, Selection } from '../check/options.ts'
import { findPlaces } from '../check/places.ts'
import { type CheckResult, noCounts } from '../check/result.ts'
import type { Config, RuleFamily } from '../config/config.ts'
import { validateConfig } from '../config/validate.ts'
import { stoppedBy } from '../drizzle/kit/stopSignal.ts'
import { ProblemError } from '../finding/problem.ts'
import { type JsonReport, json } from '../report/json.ts'
import { exitCode } from '../report/tally.ts'

/** What `lint` is asked to do; what is left out is as on the command line. */
export interface LintOptions {
  /** The folder to work in; default: the process's. */
  readonly cwd?: string
  /** What is judged; default: the working directory against the production branch. */
  readonly selection?: Selection
  /** Projects by folder or drizzle config, relative to `cwd`; default: those at or around `cwd`. */
  readonly projects?: readonly string[]
  /** Families of checks; default: what the configuration says. */
  readonly only?: readonly RuleFamily[]
  /** The configuration itself, or where it is, relative to `cwd`; default: the repository's. */
  readonly config?: Config | string
  /** More warnings than this make `exitCode` 1; default: any number is fine. */
  readonly maxWarnings?: number
  /** CI's and git's variables are read from it; default: the process's. */
  readonly env?: NodeJS.ProcessEnv
  /** Stops the run. */
  readonly signal?: AbortSignal
}

/** What `--format json` prints, and the exit code that the command line would have. */
export interface LintResult extends JsonReport {
  readonly exitCode: 0 | 1 | 2
}

/** See `lint` of the package's entry. */
export async function lint(given: LintOptions): Promise<LintResult> {
  const { signal, maxWarnings = null } = given
  signal?.throwIfAborted()
  const options = optionsOf(given)
  const run = () => outcome(options, given.config)
  const result = await (signal === undefined ? run() : stoppedBy(signal, run))
  signal?.throwIfAborted()
  const places = findPlaces(options.cwd, options.env)
  const report = JSON.parse(json(result, { ...places, quiet: false })) as JsonReport
  return { ...report, exitCode: exitCode(result, maxWarnings) }
}

function optionsOf({ cwd = '.', env = process.env, ...given }: LintOptions): CheckOptions {
  const folder = resolve(cwd)
  const selection = given.selection ?? { kind: 'default' }
  return {
    cwd: folder,
    selection:
      selection.kind === 'files'
        ? { ...selection, files: selection.files.map((file) => resolve(folder, file)) }
        : selection,
    projects: given.projects ?? [],
    only: given.only ?? null,
    config: typeof given.config === 'string' ? resolve(folder, given.config) : null,
    env,
  }
}

/** What ends a check is part of its outcome. */
async function outcome(options: CheckOptions, config: LintOptions['config']): Promise<CheckResult> {
  try {
    const own =
      typeof config === 'object' ? validateConfig(config, 'config', rulebook.all) : undefined
    return await check(options, rulebook, own)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return {
      findings: [],
      problems: [error.problem],
      counts: noCounts,
      comparedWith: '',
      text: () => undefined,
    }
  }
}
