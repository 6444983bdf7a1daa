import type { Cursor } from '../../ddl/cursor.ts'
import type { CreateIndex, DropIndex } from './statement.ts'
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
  while (skipAlgorithm(cursor));
  const place = cursor.since(start)
  const element = { kind, name, keys, ifNotExists, ...place } as const
  return { kind: 'create index', table, element, ...place }
}

/** `DROP INDEX name ON table`, behind DROP. */
export function readDropIndex(cursor: Cursor, start: number): DropIndex {
  cursor.need('INDEX')
  const ifExists = cursor.skip('IF', 'EXISTS')
  // drizzle-kit may write PRIMARY in backticks.
  const name = cursor.name()
  cursor.need('ON')
  const table = cursor.objectName()
  while (skipAlgorithm(cursor));
  return { kind: 'drop index', name, table, ifExists, ...cursor.since(start) }
}

/** `ALGORITHM [=] x`, `LOCK [=] x`: whether one was there. */
export function skipAlgorithm(cursor: Cursor): boolean {
  if (!cursor.skip('ALGORITHM') && !cursor.skip('LOCK')) return false
  cursor.skipSymbol('=')
  cursor.next()
  return true
}
