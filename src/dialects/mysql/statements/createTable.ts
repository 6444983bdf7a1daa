import type { Cursor } from '../../ddl/cursor.ts'
import { isQuery } from '../../ddl/grammar.ts'
import { MYSQL_GRAMMAR } from '../grammar.ts'
import { readColumnDefinition } from './columnDefinition.ts'
import type { ColumnDefinition, CreateTable, TableElement } from './statement.ts'
import { isTableElement, readTableElement } from './tableElement.ts'
import { NO_OPTIONS, readPartitions, readTableOptions } from './tableOptions.ts'

/** Behind `CREATE [OR REPLACE] [TEMPORARY]`. */
export function readCreateTable(
  cursor: Cursor,
  start: number,
  replace: boolean,
  temporary: boolean,
): CreateTable {
  cursor.need('TABLE')
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.objectName()
  const head = { kind: 'create table' as const, name, temporary, replace, ifNotExists }
  const bare = { columns: [], elements: [], options: NO_OPTIONS, query: null }
  const isWrapped = cursor.isSymbol('(') && cursor.peek(1).value === 'LIKE'
  if (isWrapped) cursor.needSymbol('(')
  if (cursor.skip('LIKE')) {
    const like = cursor.objectName()
    if (isWrapped) cursor.needSymbol(')')
    return { ...head, ...bare, like, ...cursor.since(start) }
  }
  const columns: ColumnDefinition[] = []
  const elements: TableElement[] = []
  if (cursor.isSymbol('(') && !isQuery(cursor, 1)) {
    cursor.list(() => {
      if (isTableElement(cursor)) elements.push(readTableElement(cursor))
      else columns.push(readColumnDefinition(cursor))
    })
  }
  const options = readTableOptions(cursor)
  const partitioned = readPartitions(cursor)
  const query = readFilling(cursor)
  if (query === null && columns.length === 0) cursor.fail()
  return {
    ...head,
    columns,
    elements,
    options: { ...options, partitioned },
    like: null,
    query,
    ...cursor.since(start),
  }
}

/** `[IGNORE | REPLACE] [AS] SELECT …`. */
function readFilling(cursor: Cursor): CreateTable['query'] {
  if (!cursor.skip('IGNORE')) cursor.skip('REPLACE')
  const isNamed = cursor.skip('AS')
  if (!isNamed && !isQuery(cursor) && !cursor.isSymbol('(')) return null
  return MYSQL_GRAMMAR.query(cursor)
}
