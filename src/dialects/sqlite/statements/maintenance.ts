import type { Cursor } from '../../ddl/cursor.ts'
import { SQLITE_GRAMMAR } from '../grammar.ts'
import type { Maintenance } from './statement.ts'

/** VACUUM, ANALYZE, REINDEX, ATTACH, DETACH; null if it is none of them. */
export function readMaintenance(cursor: Cursor, start: number): Maintenance | null {
  const command = cursor.peek().value
  let object: Maintenance['object'] = null
  if (cursor.skip('VACUUM')) {
    if (cursor.isName() && !cursor.is('INTO')) cursor.name()
    if (cursor.skip('INTO')) SQLITE_GRAMMAR.expression(cursor)
  } else if (cursor.skip('ANALYZE') || cursor.skip('REINDEX')) {
    if (cursor.isName()) object = cursor.objectName()
  } else if (cursor.skip('ATTACH')) {
    cursor.skip('DATABASE')
    SQLITE_GRAMMAR.expression(cursor)
    cursor.need('AS')
    SQLITE_GRAMMAR.expression(cursor)
  } else if (cursor.skip('DETACH')) {
    cursor.skip('DATABASE')
    SQLITE_GRAMMAR.expression(cursor)
  } else return null
  return { kind: 'maintenance', command, object, ...cursor.since(start) }
}
