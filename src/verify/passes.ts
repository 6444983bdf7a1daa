import type { TransactionSpan } from '../dialects/effects.ts'
import type { Unit } from './plan.ts'

export interface MeasureOptions {
  readonly span: TransactionSpan
  readonly timezone: string
  /** Whether the database lacks something of what was deployed before. */
  readonly incomplete: boolean
  /** Whether the database was kept as it is now. */
  readonly kept: boolean
}

/** A migration that fails in more places is not worth the time. */
export const MOST_PASSES = 25

/** Whether a rollback takes back all of it. */
export function isUndoable(units: readonly Unit[], { span }: MeasureOptions): boolean {
  return span === 'deployment' && units.every(({ control }) => control === null)
}
