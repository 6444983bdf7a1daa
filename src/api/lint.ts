import { resolve } from 'node:path'
import { rulebook } from '../../rules/index.ts'
import { check } from '../check/check.ts'
import type { CheckOptions } from '../check/options.ts'
import { findPlaces } from '../check/places.ts'
import { type CheckResult, noCounts } from '../check/result.ts'
import { validateConfig } from '../config/validate.ts'
import { stoppedBy } from '../drizzle/kit/stopSignal.ts'
import { ProblemError } from '../finding/problem.ts'
import { type JsonReport, json } from '../report/json.ts'
import { exitCode } from '../report/tally.ts'
import type { LintOptions, LintResult } from './options.ts'

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
