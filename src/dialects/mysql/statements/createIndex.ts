import type { Cursor } from '../../ddl/cursor.ts'
import type { Clause, CreateIndex, DropIndex } from './statement.ts'
import { readKeys, skipIndexType } from './tableElement.ts'

/** Behind `CREATE [OR REPLACE]`. */
export function readCreateIndex(cursor: Cursor, start: number): CreateIndex {
  if (!cursor.skip('ONLINE')) cursor.skip('OFFLINE')
  const kind = cursor.skip('UNIQUE')
    ? 'unique'
    : cursor.skip('FULLTEXT')
      ? 'fulltext'
      : cursor.skip('SPATIAL')
        ? 'spatial'
        : 'index'
  cursor.need('INDEX')
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.name()
  skipIndexType(cursor)
  cursor.need('ON')
  const table = cursor.objectName()
  const { keys } = readKeys(cursor)
  const clauses = readClauses(cursor)
  const place = cursor.since(start)
  const element = { kind, name, keys, ifNotExists, ...place } as const
  return { kind: 'create index', table, element, clauses, ...place }
}

/** `DROP INDEX name ON table`, behind DROP. */
export function readDropIndex(cursor: Cursor, start: number): DropIndex {
  cursor.need('INDEX')
  const ifExists = cursor.skip('IF', 'EXISTS')
  // drizzle-kit may write PRIMARY in backticks.
  const name = cursor.name()
  cursor.need('ON')
  const table = cursor.objectName()
  const clauses = readClauses(cursor)
  return { kind: 'drop index', name, table, ifExists, clauses, ...cursor.since(start) }
}

function readClauses(cursor: Cursor): readonly Clause[] {
  const clauses: Clause[] = []
  for (let clause = readClause(cursor); clause; clause = readClause(cursor)) clauses.push(clause)
  return clauses
}

/** `ALGORITHM [=] x`, `LOCK [=] x`; null if there is none. */
export function readClause(cursor: Cursor): Clause | null {
  const what = cursor.skip('ALGORITHM') ? 'ALGORITHM' : cursor.skip('LOCK') ? 'LOCK' : null
  if (what === null) return null
  cursor.skipSymbol('=')
  return { what, value: cursor.next().text.toUpperCase() }
}
