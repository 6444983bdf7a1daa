import type { Cursor } from '../../ddl/cursor.ts'
import { readSortKey } from '../../ddl/queryReader.ts'
import { SQLITE_GRAMMAR } from '../grammar.ts'
import type { CreateIndex } from './statement.ts'

/** Behind CREATE. */
export function readCreateIndex(cursor: Cursor, start: number): CreateIndex {
  const unique = cursor.skip('UNIQUE')
  cursor.need('INDEX')
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.objectName()
  cursor.need('ON')
  const table = cursor.name()
  const keys = cursor.list(() => readSortKey(cursor, SQLITE_GRAMMAR))
  const where = cursor.skip('WHERE') ? SQLITE_GRAMMAR.expression(cursor) : null
  const kind = 'create index'
  return { kind, name, unique, ifNotExists, table, keys, where, ...cursor.since(start) }
}
