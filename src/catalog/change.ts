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

/**
 * Where a part stands: the byte its node starts at, or an identifier to look for after a byte. With
 * `action`, the byte is where the relation's name starts, and the identifier is the one that so many
 * actions of the statement named before.
 */
export type PartPlace =
  | { readonly at: number }
  /** In UTF-16 units of the file, where the parser knows both ends. */
  | { readonly start: number; readonly end: number }
  | {
      readonly word: string
      readonly from: number
      readonly last?: boolean
      readonly action?: number
    }

/** Where a change comes from. Offsets are UTF-8 bytes within `source`, as the parser counts. */
export interface Origin {
  /** The migration's name: journal tag or folder. */
  readonly migration: string
  readonly file: string
  /** Number of the statement within the deployment, from 0; those of a DO block share one. */
  readonly statement: number
  /** The text the offsets count in: one chunk between breakpoints, or the body of a DO block. */
  readonly source: Source
  readonly start: number
  readonly end: number
  readonly parts: Readonly<Partial<Record<Part, PartPlace>>>
  /** For a new table: the same for each of its columns, and for `constraint <name>`. */
  readonly members?: ReadonlyMap<string, Origin['parts']>
  /** It stands in a condition or under an exception handler: it may not run, or may fail quietly. */
  readonly guarded: boolean
}

/** A stretch of a file's text. */
export interface Source {
  readonly text: string
  /** Where it starts in the file, in UTF-16 units. */
  readonly offset: number
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
