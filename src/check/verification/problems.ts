import { displayName } from '../../catalog/names.ts'
import type { Problem } from '../../finding/finding.ts'
import { ProblemError } from '../../finding/problem.ts'
import type { Measured } from '../../verify/measure.ts'
import type { Unit } from '../../verify/plan.ts'
import type { Refusal } from '../../verify/run.ts'
import type { ScratchLost } from '../../verify/scratch.ts'

/** What the server refused and no rule speaks of. */
export function refusedProblems(
  { units, failures }: Measured,
  isFound: (unit: Unit) => boolean,
): Problem[] {
  return units.flatMap((unit) => {
    const failure = failures.get(unit.at)
    return failure && !isFound(unit)
      ? [
          {
            message: `${placeOf(unit)}: the database refuses this: ${failure.error.message}`,
            file: unit.file,
            help: 'Fix the statement: while it fails, none of the deployment is applied.',
          },
        ]
      : []
  })
}

/** What could not be reached. */
export function unrunProblems({ units, unrun }: Measured): Problem[] {
  const [first] = units.filter(({ at }) => unrun.has(at))
  if (first === undefined) return []
  const more = unrun.size === 1 ? '' : `, and ${unrun.size - 1} more`
  return [
    {
      message: `${placeOf(first)} could not be run, because a statement before it fails${more}`,
      file: first.file,
      help: 'Fix what fails, and run verify again.',
    },
  ]
}

/** What ran while it was measured, and could not be applied for the deployments after it. */
export function unappliedProblems(refused: readonly Refusal[]): Problem[] {
  return refused.map(({ unit, error }) => ({
    message: `${placeOf(unit)} ran on tables with rows and could not be applied on other rows for the deployments after it, which ran without it: ${error.message}`,
    file: unit.file,
    help: `What it does depends on the rows. To run what follows it by itself: npx migration-lint verify --since ${unit.migration}`,
  }))
}

/**
 * Tables without rows.
 *
 * @param touched - those that the deployment is about; the others make no difference
 */
export function unseededProblems({ unseeded }: Measured, touched: ReadonlySet<string>): Problem[] {
  const own = unseeded.filter((table) => touched.has(displayName(table)))
  return own.map(({ reason, ...table }) => ({
    message: `the table ${displayName(table)} could not be filled with rows (${reason}), so nothing that depends on its rows was measured`,
    file: null,
    help: 'verify cannot make up rows that meet its constraints: check by hand what the deployment does to them.',
  }))
}

/** What the migrator passes over. */
export function skippedProblems(
  sources: readonly { readonly name: string; readonly file: string }[],
  skipped: ReadonlySet<string>,
): Problem[] {
  return sources
    .filter(({ name }) => skipped.has(name))
    .map(({ name, file }) => ({
      message: `${name} was not run, and never will be where the migrations before it are deployed: its time in the journal is not later than theirs`,
      file,
      help: 'Generate it again on top of the production branch: drizzle-kit drop, then drizzle-kit generate.',
    }))
}

/** `drizzle/0005_x.sql: ALTER TABLE …` */
function placeOf({ file, sql }: Unit): string {
  const line = sql.replace(/\s+/g, ' ')
  return `${file} (${line.length > 60 ? `${line.slice(0, 60)}…` : line})`
}

/** A deployed migration that does not run. */
export function prerequisite(file: string, reason: string): ProblemError {
  const isService = /"(?:auth|storage|realtime|anon|authenticated|service_role)"/.test(reason)
  return new ProblemError({
    message: `${file} does not run on a new database: ${reason}`,
    file,
    help: isService
      ? "On Supabase, add verify: { presets: ['supabase'] } to the configuration; on Neon, presets: ['neon']."
      : 'Put what it needs and no migration creates into an SQL file, and name that file in verify.setup of the configuration.',
  })
}

/** At which statement the database was lost. */
export function lostProblems(at: Measured['lost'], project: string): Problem[] {
  if (at === null) return []
  const { file, message, help } = lost(at.error, project)
  return [{ message: `${placeOf(at.unit)}: ${message}`, file: file ?? at.unit.file, help }]
}

/** Why nothing more was learnt. */
export function lost(error: ScratchLost, project: string): Problem {
  return {
    message: `the database that ran the migrations of ${project} was lost: ${error.message}`,
    file: null,
    help: error.timedOut
      ? 'A statement never finishes, or takes longer than --timeout allows.'
      : 'Run it again; if it happens again, this is a bug in migration-lint or in the database.',
  }
}
