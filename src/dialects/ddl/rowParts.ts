import type { Cursor } from './cursor.ts'
import type { Grammar } from './grammar.ts'
import { readAlias } from './queryReader.ts'
import type { CommonTable, Expr } from './syntax.ts'

/** `RETURNING …`; its expressions are added to those that are read beside the rows. */
export function readReturning(cursor: Cursor, grammar: Grammar, also: Expr[]): void {
  if (!cursor.skip('RETURNING')) return
  cursor.separated(() => {
    if (cursor.skipSymbol('*')) return
    also.push(grammar.expression(cursor))
    readAlias(cursor)
  })
}

/** A query that is read beside the rows, as an expression. */
export function asExpression(query: CommonTable['query']): Expr {
  const { start, end } = query
  return { kind: 'subquery', operator: 'scalar', left: null, query, start, end }
}
