import type { Measured } from './measure.ts'
import type { Measurable, Stage } from './measurable.ts'
import { type MeasureOptions, MOST_PASSES } from './passes.ts'
import type { Unit } from './plan.ts'
import type { StatementError } from './trace/client.ts'

/** What rows that give trouble have shown. */
type Tried = Pick<Measured, 'adverse' | 'triedUpTo' | 'changed'>

/** Enough of each kind. */
const ROWS = 30

/**
 * Runs a deployment once more, on rows that give trouble.
 *
 * @param before - the stage with ordinary rows, and what they have shown
 * @returns what fails there and did not before, by the unit's number; how far it came; and whether
 *   something stays
 */
export async function adverseFailures(
  before: Stage,
  database: Measurable,
  { units, traces, failures, unrun }: Omit<Measured, keyof Tried>,
  options: MeasureOptions,
): Promise<Tried> {
  const adverse = new Map<number, StatementError>()
  // What reads no row cannot fail because of one.
  const reads = [...traces.values()].some(({ scanned }) => scanned.length > 0)
  if (failures.size === 0 && !reads) return { adverse, triedUpTo: null, changed: before.changed }
  const stage = database.stage({ adverse: true, count: ROWS })
  await stage.fillAnew(before)
  const without = new Set(unrun)
  for (const [at, { when }] of failures) if (when === 'always') without.add(at)
  const met = new Set<number>()
  let triedUpTo: Unit | null = null
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const { failed, lost } = await stage.run(units, { ...options, without, commit: false })
    if (lost || failed === null) break
    const { unit, error } = failed
    const isKnown = failures.has(unit.at)
    if (database.causeOf(error) === 'rows' && !isKnown) adverse.set(unit.at, error)
    // What fails on any rows is run without them, as before; the rest keeps its rows, for what follows.
    if (isKnown && !met.has(unit.at)) await stage.empty(error)
    else without.add(unit.at)
    met.add(unit.at)
    if (pass === MOST_PASSES - 1) triedUpTo = unit
  }
  return { adverse, triedUpTo, changed: stage.changed }
}
