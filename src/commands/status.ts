import { rulebook } from '../../rules/index.ts'
import { check } from '../check/check.ts'
import type { Run } from '../check/families.ts'
import type { CheckOptions } from '../check/options.ts'
import type { ProjectReading } from '../check/projectReading.ts'
import { saveSizes } from '../check/sizesFile.ts'
import { type StatusSettings, readStatus } from '../check/status/status.ts'
import { ProblemError } from '../finding/problem.ts'
import type { Paint } from '../report/paint.ts'
import { problemLines } from '../report/problem.ts'
import { statusJson, statusText } from '../report/status.ts'
import { findPlaces } from '../check/places.ts'

/** What `status` is asked for on the command line. */
export interface StatusArguments extends StatusSettings {
  readonly json: boolean
  /** Whether the sizes are written to the file that checks go by. */
  readonly save: boolean
}

/**
 * Says what a database has applied of a project's migrations.
 *
 * @returns the exit code 1 where something was skipped, edited or is unknown; 2 where something could
 *   not be read
 * @throws ProblemError as `check` and `readStatus` do, and where several projects could be meant
 */
export async function status(
  options: CheckOptions,
  settings: StatusArguments,
  paint: Paint,
): Promise<{ text: string; code: 0 | 1 | 2 }> {
  const found: { readonly run: Run; readonly reading: ProjectReading }[] = []
  const { problems } = await check(options, rulebook, undefined, (run, reading) => {
    found.push({ run, reading })
    return Promise.resolve({ findings: [], problems: [] })
  })
  const [first, ...others] = found
  if (problems[0] && first === undefined) throw new ProblemError(problems[0])
  if (first === undefined || others.length > 0) {
    const names = found.map(({ reading }) => reading.project.name)
    throw new ProblemError({
      message: `${names.length} projects are here, and a database belongs to one`,
      file: null,
      help: `Name it: --project ${names[0] ?? '<folder>'}`,
    })
  }
  const told = await readStatus(first.run, first.reading, settings, options.cwd)
  if (settings.save && told.sizes) saveSizes(first.run.root, told.project, told.sizes)
  const isOff = told.migrations.some(({ state }) => state !== 'applied' && state !== 'pending')
  const code = told.problems.length > 0 ? 2 : isOff ? 1 : 0
  if (settings.json) return { text: statusJson(told), code }
  const places = findPlaces(options.cwd, options.env)
  const lines = told.problems.flatMap((problem) => problemLines(problem, places, null, paint))
  return { text: `${statusText(told, paint)}${lines.map((line) => `${line}\n`).join('')}`, code }
}
