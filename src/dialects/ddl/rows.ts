import type { Expr, Name, ObjectName, Query, Stretch } from './syntax.ts'

export interface Insert extends Stretch {
  readonly kind: 'insert'
  readonly table: ObjectName
  /** Conflicts replace rows, which deletes them. */
  readonly replaces: boolean
  readonly columns: readonly Name[]
  /** null for DEFAULT VALUES. */
  readonly query: Query | null
  /** Of `ON CONFLICT … DO UPDATE`, and what RETURNING reads. */
  readonly also: readonly Expr[]
}

export interface Assignment extends Stretch {
  /** The table or alias in front of the column, where a dialect takes one. */
  readonly table?: Name | null
  readonly columns: readonly Name[]
  readonly value: Expr
}

/** A table that an UPDATE writes, and what it joins with it. */
export interface Written {
  readonly table: ObjectName
  readonly assignments: readonly Assignment[]
  readonly from: readonly ObjectName[]
}

export interface Update extends Stretch, Written {
  readonly kind: 'update'
  /** MySQL sets columns of several tables at once. */
  readonly alsoSets?: readonly Written[]
  readonly where: Expr | null
  /** A LIMIT leaves rows out. */
  readonly limited?: boolean
  readonly also: readonly Expr[]
}

export interface Delete extends Stretch {
  readonly kind: 'delete'
  readonly table: ObjectName
  /** MySQL deletes from several tables at once. */
  readonly alsoFrom?: readonly ObjectName[]
  /** What it joins. */
  readonly from?: readonly ObjectName[]
  readonly where: Expr | null
  /** A LIMIT leaves rows out. */
  readonly limited?: boolean
  readonly also: readonly Expr[]
}

export interface Select extends Stretch {
  readonly kind: 'select'
  readonly query: Query
}
