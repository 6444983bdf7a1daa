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
  readonly columns: readonly Name[]
  readonly value: Expr
}

export interface Update extends Stretch {
  readonly kind: 'update'
  readonly table: ObjectName
  readonly assignments: readonly Assignment[]
  readonly from: readonly ObjectName[]
  readonly where: Expr | null
  /** A LIMIT leaves rows out. */
  readonly limited?: boolean
  readonly also: readonly Expr[]
}

export interface Delete extends Stretch {
  readonly kind: 'delete'
  readonly table: ObjectName
  readonly where: Expr | null
  /** A LIMIT leaves rows out. */
  readonly limited?: boolean
  readonly also: readonly Expr[]
}

export interface Select extends Stretch {
  readonly kind: 'select'
  readonly query: Query
}
