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

/** Classes of SQLSTATEs that rows can bring about: their data, or what an exception says of them. */
export const OF_ROWS = /^(?:21|22|23|P0)/

/** Names and states: what something that was left out may be the reason for. A syntax error is not. */
export const OF_OBJECTS = /^(?:42(?!601)|2B|3F|55000)/

/** A migration that fails in more places is not worth the time. */
export const MOST_PASSES = 25

/** Whether a rollback takes back all of it. */
export function isUndoable(units: readonly Unit[], { span }: MeasureOptions): boolean {
  return span === 'deployment' && units.every(({ control }) => control === null)
}
