import type { Exclusion } from '../effects.ts'

/** PostgreSQL's table locks, weakest first ("Explicit Locking", table-level lock modes). */
export const LOCK_MODES = [
  'AccessShare',
  'RowShare',
  'RowExclusive',
  'ShareUpdateExclusive',
  'Share',
  'ShareRowExclusive',
  'Exclusive',
  'AccessExclusive',
] as const

export type LockMode = (typeof LOCK_MODES)[number]

/** Whether a lock is at least as strong as another. */
export function isAtLeast(mode: LockMode, other: LockMode): boolean {
  return LOCK_MODES.indexOf(mode) >= LOCK_MODES.indexOf(other)
}

/**
 * Whom a lock makes wait: readers take AccessShare, writers RowExclusive, and every lock conflicts
 * with the AccessExclusive of a schema change ("Conflicting Lock Modes").
 */
export function keptOutBy(mode: LockMode): Exclusion {
  if (mode === 'AccessExclusive') return 'readers'
  return isAtLeast(mode, 'Share') ? 'writers' : 'schema changes'
}
