import type { QualifiedName } from '../catalog/names.ts'

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

export interface Lock {
  readonly relation: QualifiedName
  readonly mode: LockMode
}

/** Why a statement fails, and on what data. */
export interface RunError {
  /** SQLSTATE. */
  readonly code: string
  /** What the server says, or near enough to recognise it. */
  readonly message: string
  /**
   * `always`: on an empty table too; `rows`: as soon as the table holds a row (for SET NOT NULL:
   * one that neither a migration nor the application has given a value); `some-rows`: depends on
   * what the rows hold.
   */
  readonly when: 'always' | 'rows' | 'some-rows'
}

/**
 * What one change costs: which relations that existed before the deployment are locked how
 * strongly, which tables are rewritten, which are read in full, which indexes are built, what
 * fails. Relations the deployment created count only once it has filled them.
 */
export interface Effects {
  readonly locks: readonly Lock[]
  /** Tables and materialized views stored anew, each with all its indexes. */
  readonly rewrites: readonly QualifiedName[]
  /** Tables read in full, for whatever reason: a rewrite and an index build read them too. */
  readonly scans: readonly QualifiedName[]
  /** Tables on which an index is built (a rewrite's indexes are not counted again). */
  readonly builds: readonly QualifiedName[]
  readonly errors: readonly RunError[]
  /** Values are changed without an error: cut short or rounded. */
  readonly loses: boolean
}

/** Under what circumstances the migrations run. */
export interface Session {
  /** Major version; null: not known, the worst of 12 to 18 counts. */
  readonly version: number | null
  readonly timezone: string
  /** What shares a transaction: all pending migrations, one file each, or nothing. */
  readonly transaction: 'deployment' | 'migration' | 'none'
}
