import type { Cursor } from '../../ddl/cursor.ts'
import { isQuery } from '../../ddl/grammar.ts'
import type { Name } from '../../ddl/syntax.ts'
import { SQLITE_GRAMMAR } from '../grammar.ts'
import { isRows, readRows } from './rows.ts'
import type { CreateTrigger } from './statement.ts'

/** Behind `CREATE [TEMP]`. */
export function readCreateTrigger(
  cursor: Cursor,
  start: number,
  temporary: boolean,
): CreateTrigger {
  cursor.need('TRIGGER')
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.objectName()
  if (!cursor.skip('BEFORE') && !cursor.skip('AFTER')) cursor.skip('INSTEAD', 'OF')
  const event = readEvent(cursor)
  const columns: readonly Name[] =
    event === 'update' && cursor.skip('OF') ? cursor.separated(() => cursor.name()) : []
  cursor.need('ON')
  const table = cursor.objectName()
  cursor.skip('FOR', 'EACH', 'ROW')
  const when = cursor.skip('WHEN') ? SQLITE_GRAMMAR.expression(cursor) : null
  cursor.need('BEGIN')
  const body: CreateTrigger['body'][number][] = []
  do {
    const from = cursor.start
    if (isRows(cursor)) body.push(readRows(cursor))
    else if (isQuery(cursor)) {
      const query = SQLITE_GRAMMAR.query(cursor)
      body.push({ kind: 'select', query, ...cursor.since(from) })
    } else cursor.fail()
    cursor.needSymbol(';')
  } while (!cursor.skip('END'))
  const kind = 'create trigger'
  const head = { kind, name, temporary, ifNotExists, table, event, columns, when, body } as const
  return { ...head, ...cursor.since(start) }
}

function readEvent(cursor: Cursor): CreateTrigger['event'] {
  if (cursor.skip('INSERT')) return 'insert'
  if (cursor.skip('DELETE')) return 'delete'
  cursor.need('UPDATE')
  return 'update'
}
