import type { Cursor } from '../../ddl/cursor.ts'
import type { Action, References } from '../../ddl/definitions.ts'
import { readAction } from '../../ddl/referentialAction.ts'

/** `REFERENCES t (columns) [MATCH …] [ON DELETE …] [ON UPDATE …]`. */
export function readReferences(cursor: Cursor): References {
  const { start } = cursor
  cursor.need('REFERENCES')
  const table = cursor.objectName()
  const columns = cursor.isSymbol('(') ? cursor.list(() => readKeyColumn(cursor)) : []
  let onDelete: Action = 'no action'
  let onUpdate: Action = 'no action'
  for (;;) {
    if (cursor.skip('MATCH')) cursor.next()
    else if (cursor.skip('ON', 'DELETE')) onDelete = readAction(cursor)
    else if (cursor.is('ON', 'UPDATE') && !isNow(cursor)) {
      cursor.need('ON', 'UPDATE')
      onUpdate = readAction(cursor)
    } else break
  }
  return { table, columns, onDelete, onUpdate, ...cursor.since(start) }
}

/** A column in a list of names; MySQL reads a length and an order there, which mean nothing. */
export function readKeyColumn(cursor: Cursor) {
  const name = cursor.name()
  if (cursor.skipSymbol('(')) {
    cursor.next()
    cursor.needSymbol(')')
  }
  if (!cursor.skip('ASC')) cursor.skip('DESC')
  return name
}

/** `ON UPDATE CURRENT_TIMESTAMP` is the column's own. */
function isNow(cursor: Cursor): boolean {
  return /^(?:CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP)$/.test(cursor.peek(2).value)
}
