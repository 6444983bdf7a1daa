import type { Cursor } from '../../ddl/cursor.ts'
import { SQLITE_GRAMMAR } from '../grammar.ts'
import { readKeyColumn } from './references.ts'
import type { CreateView } from './statement.ts'

/** Behind `CREATE [TEMP]`. */
export function readCreateView(cursor: Cursor, start: number, temporary: boolean): CreateView {
  cursor.need('VIEW')
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.objectName()
  if (cursor.isSymbol('(')) cursor.list(() => readKeyColumn(cursor))
  cursor.need('AS')
  const query = SQLITE_GRAMMAR.query(cursor)
  return { kind: 'create view', name, temporary, ifNotExists, query, ...cursor.since(start) }
}
