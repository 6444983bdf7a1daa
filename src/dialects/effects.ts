import type { QualifiedName } from '../catalog/names.ts'

/**
 * Whom a lock makes wait, weakest first. Each includes those before it: what keeps readers out keeps
 * writers and schema changes out too.
 */
export const EXCLUSIONS = ['schema changes', 'writers', 'readers'] as const

export type Exclusion = (typeof EXCLUSIONS)[number]

/** A lock as far as anybody else notices it. */
export interface Lock {
  readonly relation: QualifiedName
  /** Whom it makes wait for as long as it is held. */
  readonly keepsOut: Exclusion
  /** The server's own name of it (`AccessExclusive`): a detail for reports and tests. */
  readonly mode: string
}

/** Whether a lock makes these wait. */
export function keepsOut(lock: Pick<Lock, 'keepsOut'>, whom: Exclusion): boolean {
  return EXCLUSIONS.indexOf(lock.keepsOut) >= EXCLUSIONS.indexOf(whom)
}

/** What goes wrong, whatever the server calls it. */
export type ErrorKind =
  /** The server's parser refuses the text, or this version does not know the syntax. */
  | 'syntax'
  /** It names something that is not there. */
  | 'missing-object'
  /** It creates something that is there. */
  | 'object-exists'
  /** Something else depends on what it drops or alters. */
  | 'has-dependents'
  /** The definition contradicts itself or the table. */
  | 'invalid-definition'
  /** There is no way from one type to another that the server takes by itself. */
  | 'no-cast'
  /** The server does not do this here. */
  | 'unsupported'
  /** The object is not in the state that the statement needs. */
  | 'wrong-state'
  /** It cannot run in a transaction block, and there is one. */
  | 'outside-transaction'
  /** It uses an enum value that the same transaction has added. */
  | 'uncommitted-value'
  /** Checks that wait for the end of the transaction keep the table from being altered. */
  | 'pending-events'
  /** A row has no value where one is required. */
  | 'null-in-required'
  /** Two rows have what has to be unique. */
  | 'duplicate'
  /** A row refers to one that is not there. */
  | 'dangling-reference'
  /** A row does not satisfy a check. */
  | 'check-violation'
  /** Two rows exclude each other. */
  | 'exclusion-violation'
  /** A value is too long for its type. */
  | 'value-too-long'
  /** A number is too large for its type. */
  | 'value-out-of-range'
  /** A value cannot be read as its type. */
  | 'invalid-value'

/** Why a statement fails, and on what data. */
export interface RunError {
  readonly kind: ErrorKind
  /** The server's own code of it (SQLSTATE `23502`): a detail for reports and tests. */
  readonly code: string
  /** What the server says, or near enough to recognise it. */
  readonly message: string
  /** What of the statement it is about, where that is not the object itself: the enum's label. */
  readonly detail: string | null
  /**
   * `always`: on an empty table too; `rows`: as soon as the table holds a row (for SET NOT NULL:
   * one that neither a migration nor the application has given a value); `some-rows`: depends on
   * what the rows hold; `if-missing`: unless somebody has created it outside the migrations.
   */
  readonly when: 'always' | 'rows' | 'some-rows' | 'if-missing'
  /** What nobody here knows to be there, where that is why. */
  readonly missing?: Missing
}

/** Whether it is sure to come, at the latest on a table that holds rows. */
export function isExpected(when: RunError['when']): boolean {
  return when === 'always' || when === 'rows'
}

/** Something a statement needs that no migration creates. */
export interface Missing {
  readonly what: 'function' | 'type' | 'schema' | 'operator class' | 'access method'
  readonly name: QualifiedName
  /** The extension that brings it along. */
  readonly extension: string | null
  /** The version of the server that it came with, where the one that is used is older. */
  readonly since: number | null
}

/** What is lost without an error. */
export interface Loss {
  /**
   * `dropped`: with the object; `cascaded`: with another object or row; `set null`, `filled`: another
   * value takes its place; `cut`: values are cut short; `rounded`: digits are rounded away; `left out`:
   * a table is recreated without them; `counted again`: numbers that were used are used again;
   * `unchecked`: rows that a new constraint forbids stay.
   */
  readonly why:
    | 'dropped'
    | 'cascaded'
    | 'set null'
    | 'filled'
    | 'cut'
    | 'rounded'
    | 'left out'
    | 'counted again'
    | 'unchecked'
  readonly table: QualifiedName
  /** null: whole rows. */
  readonly columns: readonly string[] | null
}

/**
 * What one change costs, in terms that hold for every dialect: which relations that existed before
 * the deployment are locked and who waits, what takes longer the larger a table is, what fails, what
 * is lost. Relations the deployment created count only once it has filled them.
 */
export interface Effects {
  readonly locks: readonly Lock[]
  /** Tables and materialized views rewritten, each with all its indexes: grows with the table. */
  readonly rewrites: readonly QualifiedName[]
  /**
   * Tables read in full, for whatever reason: a rewrite and an index build read them too. Grows with
   * the table.
   */
  readonly scans: readonly QualifiedName[]
  /**
   * Tables on which an index is built (a rewrite's indexes are not counted again). Grows with the
   * table.
   */
  readonly builds: readonly QualifiedName[]
  readonly errors: readonly RunError[]
  readonly losses: readonly Loss[]
  /**
   * What would spare the work above, where that cannot be known: `nanoid() is declared STABLE or
   * IMMUTABLE`.
   */
  readonly unless: string | null
}

/** What shares a transaction: all pending migrations, one file each, or nothing. */
export type TransactionSpan = 'deployment' | 'migration' | 'none'

/** Under what circumstances the migrations run. */
export interface Session {
  /**
   * PostgreSQL: the major version; MySQL and MariaDB: major × 100 + minor (8.4 → 804, 10.11 → 1011).
   * null: not known, the worst of the supported ones counts.
   */
  readonly version: number | null
  readonly timezone: string
  readonly transaction: TransactionSpan
  /** A drizzle config's `driver`; null where it is not known. */
  readonly driver?: string | null
  /** Which of several servers that speak the dialect it is (`Dialect.products`); null: the first. */
  readonly product?: string | null
  /** Who migrates switches foreign keys off before (SQLite). */
  readonly keysOff?: boolean
}
