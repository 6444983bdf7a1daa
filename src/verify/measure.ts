import { displayName } from '../catalog/names.ts'
import { adverseFailures } from './adverse.ts'
import type { Measurable } from './measurable.ts'
import { type MeasureOptions, MOST_PASSES, isUndoable } from './passes.ts'
import type { Unit } from './plan.ts'
import type { RunOutcome, UnitTrace } from './run.ts'
import type { StatementError } from './trace/client.ts'
import type { Unseeded } from './trace/seed.ts'

/** What a unit was refused with. */
export interface UnitFailure {
  readonly error: StatementError
  /** `rows`: it ran once the tables it is about were empty. */
  readonly when: 'always' | 'rows'
}

/** What was measured of one deployment. */
export interface Measured {
  readonly units: readonly Unit[]
  readonly traces: ReadonlyMap<number, UnitTrace>
  readonly failures: ReadonlyMap<number, UnitFailure>
  /** See `RunOutcome.lost`. */
  readonly lost: RunOutcome['lost']
  /** Units that could not be run because one before them failed. */
  readonly unrun: ReadonlySet<number>
  /** Tables without rows: nothing is known of what reading them costs. */
  readonly empty: ReadonlySet<string>
  /** What ran on ordinary rows and fails on others. */
  readonly adverse: ReadonlyMap<number, StatementError>
  /** The last unit of those, where so many failed that the others were not tried; null: all were. */
  readonly triedUpTo: Unit | null
  /** Of these, the ones that could not be filled. The others play no part, or were emptied. */
  readonly unseeded: readonly Unseeded[]
  /** Whether something of it stays in the database, apart from rows; `restore` takes it back. */
  readonly changed: boolean
}

/**
 * Fills the tables that matter, of a database that stands where production does, and runs a deployment
 * on it. What
 * fails because of rows is run again on empty tables, what fails anyway is left out, so that the
 * statements after it are measured too. Does not tidy up: see `changed`.
 *
 * @throws ScratchLost where the database is lost before the first unit runs
 */
export async function measure(
  database: Measurable,
  units: readonly Unit[],
  options: MeasureOptions,
): Promise<Measured> {
  const traces = new Map<number, UnitTrace>()
  const failures = new Map<number, UnitFailure>()
  const unrun = new Set<number>()
  const without = new Set<number>()
  if (!options.kept && !isUndoable(units, options)) await database.keep()
  const stage = database.stage({})
  await stage.fill()
  let lost: RunOutcome['lost']
  for (let pass = 0; ; pass++) {
    const outcome = await stage.run(units, { ...options, without, commit: false })
    const { failed } = outcome
    for (const [at, trace] of outcome.traces) if (!traces.has(at)) traces.set(at, trace)
    lost = outcome.lost
    if (lost !== null || failed === null) break
    const { unit, error } = failed
    const known = failures.get(unit.at)
    if (pass >= MOST_PASSES) {
      for (const { at } of units.slice(unit.at)) if (!traces.has(at)) unrun.add(at)
      break
    }
    if (known === undefined && database.causeOf(error) === 'rows') {
      failures.set(unit.at, { error, when: 'rows' })
      await stage.empty(error)
      continue
    }
    // After something was left out, what fails for want of it says nothing.
    const isLacking = options.incomplete || without.size > 0
    if (isLacking && known === undefined && database.causeOf(error) === 'objects')
      unrun.add(unit.at)
    else failures.set(unit.at, { error: known?.error ?? error, when: 'always' })
    without.add(unit.at)
    if (known !== undefined) await stage.refill()
  }
  const { unseeded, left } = stage
  const empty = new Set([...[...unseeded, ...left].map(displayName), ...stage.emptied])
  const measured = { units, traces, failures, lost, unrun, empty, unseeded }
  if (lost !== null) return { ...measured, adverse: new Map(), triedUpTo: null, changed: true }
  const adverse = await adverseFailures(stage, database, measured, options)
  return { ...measured, ...adverse }
}
