import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CheckResult } from '../check/result.ts'
import { ProblemError } from '../finding/problem.ts'
import type { FormatOptions } from '../report/formats/format.ts'
import { formatOf } from '../report/formats/table.ts'
import type { RequestedFormat } from './formats.ts'
import { type Output, writeAll } from './output.ts'

/** What GitHub takes of a step's summary is a megabyte; some of it is left to others. */
const SUMMARY_BYTES = 900_000

/** Where an outcome goes. */
export interface Destination {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: NodeJS.ProcessEnv
}

/**
 * The formats of an outcome where it runs: what was asked for; people read standard output where
 * nothing else was, and GitHub Actions its annotations besides.
 *
 * @param isHook - a hook speaks to whoever commits, wherever that is
 */
export function formatsFor(
  requested: readonly RequestedFormat[],
  env: NodeJS.ProcessEnv,
  isHook: boolean,
): readonly RequestedFormat[] {
  if (requested.some(({ file }) => file === null)) return requested
  const isGitHub = env.GITHUB_ACTIONS === 'true' && !isHook
  return [
    { name: 'pretty', file: null },
    ...(isGitHub ? [{ name: 'github', file: null } as const] : []),
    ...requested,
  ]
}

/**
 * Writes the outcome of a check in every format, files first: a step that reads one of them finds it
 * even where the log is not read to its end.
 *
 * @throws ProblemError where something cannot be written
 */
export async function writeOutcome(
  result: CheckResult,
  formats: readonly RequestedFormat[],
  options: FormatOptions,
  to: Destination,
): Promise<void> {
  const texts: string[] = []
  const inFile = { color: false, width: null, silentIfClean: false, bypassHint: null }
  for (const { name, file } of formats) {
    const render = await formatOf(name).load()
    if (file === null) texts.push(render(result, options))
    else writeTo(file, render(result, { ...options, ...inFile }))
  }
  if (formats.some(({ name, file }) => name === 'github' && file === null)) {
    await leaveSummary(result, options, to)
  }
  for (const text of texts) await writeAll(to.stdout, text)
}

function writeTo(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch (error) {
    throw new ProblemError({
      message: `${file} could not be written (${codeOf(error)})`,
      file: null,
      help: 'Name a file in a folder that can be written to: --format sarif=<file>.',
    })
  }
}

/** The summary of a job (GITHUB_STEP_SUMMARY); nothing fails where there is none. */
async function leaveSummary(
  result: CheckResult,
  options: FormatOptions,
  { env, stderr }: Destination,
): Promise<void> {
  const file = env.GITHUB_STEP_SUMMARY
  if (!file) return
  const { report } = await import('../report/formats/report.ts')
  try {
    appendFileSync(file, report(result, options, SUMMARY_BYTES))
  } catch (error) {
    await writeAll(
      stderr,
      `migration-lint: the job summary could not be written (${codeOf(error)})\n`,
    )
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
