/** A stretch of a file, in UTF-16 units. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** An identifier as it is written. */
export interface Name extends Stretch {
  /** Without its quotes. */
  readonly text: string
  /** Double quotes: where no column has the name, SQLite may take it for a string. */
  readonly doubleQuoted: boolean
}

/** A table, view, index or trigger, with the database or schema in front of it. */
export interface ObjectName extends Stretch {
  readonly schema: Name | null
  readonly name: Name
}

/** A column's type: its words, and the numbers or labels in its parentheses. */
export interface TypeName extends Stretch {
  readonly words: string
  readonly arguments: readonly string[]
}

export type Expr = Column | Literal | Parameter | Call | Operation | Subquery

export interface Column extends Stretch {
  readonly kind: 'column'
  readonly table: Name | null
  readonly name: Name
}

export interface Literal extends Stretch {
  readonly kind: 'literal'
  /** `now`: CURRENT_TIMESTAMP and its kin. */
  readonly type: 'string' | 'number' | 'blob' | 'null' | 'boolean' | 'now'
  readonly value: string
}

export interface Parameter extends Stretch {
  readonly kind: 'parameter'
}

export interface Call extends Stretch {
  readonly kind: 'call'
  readonly name: Name
  /** With what its FILTER, ORDER BY and OVER read behind the arguments. */
  readonly arguments: readonly Expr[]
  /** What distinguishes two calls besides their arguments: DISTINCT, `*`, OVER … */
  readonly form: string
}

/** Everything made of operands: operators, CASE, CAST, BETWEEN, IN, rows, parentheses. */
export interface Operation extends Stretch {
  readonly kind: 'operation'
  /** In capitals: `+`, `IS NULL`, `BETWEEN`, `CAST INTEGER`. */
  readonly operator: string
  readonly operands: readonly Expr[]
}

export interface Subquery extends Stretch {
  readonly kind: 'subquery'
  readonly operator: 'scalar' | 'EXISTS' | 'IN' | 'NOT IN'
  readonly left: Expr | null
  readonly query: Query
}

export interface Query extends Stretch {
  readonly with: readonly CommonTable[]
  /** More than one: a compound. */
  readonly parts: readonly QueryPart[]
  readonly orderBy: readonly Expr[]
  readonly limited: boolean
}

export interface CommonTable {
  readonly name: Name
  readonly query: Query
}

export interface QueryPart {
  readonly results: readonly QueryResult[]
  readonly sources: readonly QuerySource[]
  /** WHERE, ON, GROUP BY, HAVING and windows. */
  readonly conditions: readonly Expr[]
  readonly where: Expr | null
  /** Of a VALUES list; null for a SELECT. */
  readonly values: readonly (readonly Expr[])[] | null
}

export type QueryResult =
  | { readonly kind: 'all'; readonly table: Name | null }
  | { readonly kind: 'expression'; readonly expression: Expr; readonly alias: Name | null }

export interface QuerySource {
  /** null for a subquery or a function that returns a table. */
  readonly table: ObjectName | null
  readonly query: Query | null
  readonly arguments: readonly Expr[]
  readonly alias: Name | null
}

export interface IndexKeyPart extends Stretch {
  readonly expression: Expr
  /** `ASC`, `DESC`, NULLS …, in capitals. */
  readonly order: string
}
