import type { Cursor } from '../../ddl/cursor.ts'
import { MYSQL_GRAMMAR } from '../grammar.ts'
import type { CreateView } from './statement.ts'

/** At VIEW, behind CREATE and what may stand in front of it. */
export function readCreateView(cursor: Cursor, start: number, replace: boolean): CreateView {
  cursor.need('VIEW')
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.objectName()
  if (cursor.isSymbol('(')) cursor.list(() => cursor.name())
  cursor.need('AS')
  const query = MYSQL_GRAMMAR.query(cursor)
  if (cursor.skip('WITH')) {
    if (!cursor.skip('CASCADED')) cursor.skip('LOCAL')
    cursor.need('CHECK', 'OPTION')
  }
  return { kind: 'create view', name, replace, ifNotExists, query, ...cursor.since(start) }
}
