import type { Cursor } from '../../ddl/cursor.ts'
import type { Action, References } from '../../ddl/definitions.ts'
import { readAction } from '../../ddl/referentialAction.ts'
import type { Name } from '../../ddl/syntax.ts'

/** `REFERENCES t [(columns)] [ON …] [MATCH …] [[NOT] DEFERRABLE …]`. */
export function readReferences(cursor: Cursor): References {
  const { start } = cursor
  cursor.need('REFERENCES')
  const name = cursor.name()
  const columns = cursor.isSymbol('(') ? cursor.list(() => readKeyColumn(cursor)) : []
  let onDelete: Action = 'no action'
  let onUpdate: Action = 'no action'
  for (;;) {
    if (cursor.skip('ON')) {
      if (cursor.skip('DELETE')) onDelete = readAction(cursor)
      else if (cursor.skip('UPDATE')) onUpdate = readAction(cursor)
      else {
        cursor.need('INSERT')
        readAction(cursor)
      }
    } else if (cursor.skip('MATCH')) cursor.name()
    else break
  }
  const table = { schema: null, name, start: name.start, end: name.end }
  return { table, columns, onDelete, onUpdate, ...cursor.since(start) }
}

/** A column in a list of names, where an order or collation is allowed and means nothing. */
export function readKeyColumn(cursor: Cursor): Name {
  const name = cursor.name()
  if (cursor.skip('COLLATE')) cursor.name()
  if (!cursor.skip('ASC')) cursor.skip('DESC')
  return name
}

/** `[NOT] DEFERRABLE [INITIALLY DEFERRED | IMMEDIATE]`; whether there was one. */
export function skipDeferrable(cursor: Cursor): boolean {
  if (!cursor.skip('DEFERRABLE') && !cursor.skip('NOT', 'DEFERRABLE')) return false
  if (cursor.skip('INITIALLY') && !cursor.skip('DEFERRED')) cursor.need('IMMEDIATE')
  return true
}
