import type { Cursor } from './cursor.ts'
import type { Expr, Operation, Query } from './syntax.ts'

/** What differs between dialects' expressions. */
export interface Grammar {
  /** Binary operators that are read the same way everywhere, with how tightly they bind. */
  readonly binary: ReadonlyMap<string, number>
  /** How tightly `IS`, `IN`, `LIKE`, `BETWEEN` and the like bind. */
  readonly comparison: number
  readonly likes: ReadonlySet<string>
  readonly not: number
  readonly collate: number
  /** Operators in front of an operand. */
  readonly prefixes: ReadonlySet<string>
  /** Words that stand for the time. */
  readonly now: ReadonlySet<string>
  /** Reads an expression whose operators bind tighter than that. */
  expression(cursor: Cursor, tightness?: number): Expr
  query(cursor: Cursor): Query
  /** A form that only this dialect has. */
  special(cursor: Cursor): Expr | null
  /** A column's type, as in CAST. */
  type(cursor: Cursor): string
  /** Words that may stand behind SELECT and change nothing of what it reads. */
  readonly selectOptions?: ReadonlySet<string>
  /** Reads what may stand behind a table to say which index is to be used. */
  skipIndexHint(cursor: Cursor): void
  /** Reads what may stand behind a whole query: locks, INTO. */
  skipQueryTail?(cursor: Cursor): void
}

/** An operation from a place to the end of what was read. */
export function operation(
  cursor: Cursor,
  start: number,
  operator: string,
  operands: readonly Expr[],
): Operation {
  return { kind: 'operation', operator, operands, ...cursor.since(start) }
}

const QUERY_WORDS: ReadonlySet<string> = new Set(['SELECT', 'VALUES', 'WITH'])

/** Whether a query starts so many tokens ahead. */
export function isQuery(cursor: Cursor, ahead = 0): boolean {
  const { kind, value } = cursor.peek(ahead)
  return kind === 'word' && QUERY_WORDS.has(value)
}
