import { emptyAll, emptyFor } from './empty.ts'
import type { Measured } from './measure.ts'
import { type MeasureOptions, MOST_PASSES, OF_ROWS, isUndoable } from './passes.ts'
import { runUnits } from './run.ts'
import type { Scratch } from './scratch.ts'
import type { StatementError } from './trace/client.ts'
import { seed } from './trace/seed.ts'

/** Enough of each kind. */
const ROWS = 30

/**
 * Runs a deployment once more, on rows that give trouble. Leaves the tables as they were, or empty.
 *
 * @param measured - what ordinary rows have shown
 * @returns what fails there and did not before, by the unit's number
 */
export async function adverseFailures(
  scratch: Scratch,
  { units, traces, failures, unrun }: Omit<Measured, 'adverse'>,
  options: MeasureOptions,
): Promise<ReadonlyMap<number, StatementError>> {
  const found = new Map<number, StatementError>()
  // What reads no row cannot fail because of one.
  if (failures.size === 0 && ![...traces.values()].some(({ scanned }) => scanned.length > 0))
    return found
  await emptyAll(scratch)
  await seed(scratch, { adverse: true, count: ROWS })
  const undoable = isUndoable(units, options)
  const without = new Set(unrun)
  for (const [at, { when }] of failures) if (when === 'always') without.add(at)
  const met = new Set<number>()
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    if (!undoable) await scratch.keep()
    const { failed, lost } = await runUnits(scratch, units, { ...options, without, commit: false })
    if (lost) return found
    if (!undoable) await scratch.restore()
    if (failed === null) break
    const { unit, error } = failed
    const isKnown = failures.has(unit.at)
    if (OF_ROWS.test(error.code) && !isKnown) found.set(unit.at, error)
    // What fails on any rows is run without them, as before; the rest keeps its rows, for what follows.
    if (isKnown && !met.has(unit.at)) await emptyFor(scratch, error)
    else without.add(unit.at)
    met.add(unit.at)
  }
  await emptyAll(scratch)
  return found
}
