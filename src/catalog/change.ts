import type { Catalog } from './catalog.ts'
import type { ColumnChange } from './change/column.ts'
import type { ConstraintChange } from './change/constraint.ts'
import type { IndexChange } from './change/indexes.ts'
import type { OtherChange } from './change/others.ts'
import type { TableChange } from './change/table.ts'
import type { TypeChange } from './change/types.ts'

/** What a schema change says, without where it stands. */
export type ChangeBody =
  TableChange | ColumnChange | ConstraintChange | IndexChange | TypeChange | OtherChange

export type ChangeKind = ChangeBody['kind']

/** A part of a change that can be to blame. */
export type Part =
  | 'table'
  | 'column'
  | 'type'
  | 'default'
  | 'notNull'
  | 'using'
  | 'constraint'
  | 'references'
  | 'name'
  | 'to'
  | 'value'
  | 'concurrently'

/** A stretch of a file, in UTF-16 units; the end is exclusive. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Syntax that servers have from some version on. */
export interface NewerSyntax {
  /** The first major version. */
  readonly version: number
  /** As it is written. */
  readonly what: string
  /** It is the name of a parameter, which older servers read and do not know. */
  readonly isParameter?: boolean
}

/** Where a change comes from. Offsets are UTF-16 units in the file. */
export interface Origin extends Stretch {
  /** The migration's name: journal tag or folder. */
  readonly migration: string
  readonly file: string
  /** Number of the statement within the deployment, from 0; those of a DO block share one. */
  readonly statement: number
  /** What is sent to the server at once: the text between two breakpoints. One object for each. */
  readonly chunk: Stretch
  /** It stands in a condition or under an exception handler: it may not run, or may fail quietly. */
  readonly guarded: boolean
  /** What of the statement needs a newer server than others; on the first of its changes. */
  readonly needs?: NewerSyntax | null
  /** How the statement says that the server has to make its changes (MySQL). */
  readonly clauses?: AlterClauses
  /**
   * Where a part of the change stands; null where the text does not name it.
   *
   * @param member - of a new table: the column, or `constraint <name>`, whose part it is
   */
  placeOf(part: Part, member?: string): Stretch | null
}

/** `ALGORITHM = …` and `LOCK = …` of MySQL, in capitals; null where a statement names none. */
export interface AlterClauses {
  readonly algorithm: string | null
  readonly lock: string | null
}

/** What to show of a change: the part to blame, or all of it where that is not written. */
export function rangeOf(origin: Origin, part?: Part): Stretch {
  const { start, end } = origin
  return (part && origin.placeOf(part)) ?? { start, end }
}

/** A change in its place: what it says, where it stands, and the catalog on both sides of it. */
export type Change<B extends ChangeBody = ChangeBody> = B & {
  readonly before: Catalog
  readonly after: Catalog
  readonly origin: Origin
  /** For a folded change: the changes it is made of, in order. Empty for any other. */
  readonly folded: readonly Change[]
}

/** The change of one kind: `ChangeOf<'AddColumn'>`. */
export type ChangeOf<K extends ChangeKind> = Change<Extract<ChangeBody, { kind: K }>>
