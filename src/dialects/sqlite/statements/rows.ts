import type { Cursor } from '../../ddl/cursor.ts'
import { readSortKey, readSources, readWith } from '../../ddl/queryReader.ts'
import { asExpression, readReturning } from '../../ddl/rowParts.ts'
import type { CommonTable, Expr, Name, ObjectName } from '../../ddl/syntax.ts'
import { SQLITE_GRAMMAR, skipIndexHint } from '../grammar.ts'
import { readResolution } from './onConflict.ts'
import type { Assignment, Delete, Insert, Update } from '../../ddl/rows.ts'

const ROWS: ReadonlySet<string> = new Set(['INSERT', 'REPLACE', 'UPDATE', 'DELETE'])

/** Whether INSERT, REPLACE, UPDATE or DELETE comes next, with or without a WITH in front. */
export function isRows(cursor: Cursor): boolean {
  if (!cursor.is('WITH')) return cursor.isOneOf(ROWS)
  const mark = cursor.mark
  readWith(cursor, SQLITE_GRAMMAR)
  const found = cursor.isOneOf(ROWS)
  cursor.reset(mark)
  return found
}

export function readRows(cursor: Cursor): Insert | Update | Delete {
  const { start } = cursor
  const common = cursor.is('WITH') ? readWith(cursor, SQLITE_GRAMMAR) : []
  if (cursor.skip('UPDATE')) return readUpdate(cursor, start, common)
  if (cursor.skip('DELETE')) return readDelete(cursor, start, common)
  return readInsert(cursor, start, common)
}

function readInsert(cursor: Cursor, start: number, common: readonly CommonTable[]): Insert {
  let replaces = cursor.skip('REPLACE')
  if (!replaces) {
    cursor.need('INSERT')
    if (cursor.skip('OR')) replaces = readResolution(cursor) === 'REPLACE'
  }
  cursor.need('INTO')
  const table = cursor.objectName()
  if (cursor.skip('AS')) cursor.name()
  const columns = cursor.isSymbol('(') ? cursor.list(() => cursor.name()) : []
  const also: Expr[] = common.map(({ query }) => asExpression(query))
  if (cursor.skip('DEFAULT')) {
    cursor.need('VALUES')
    readReturning(cursor, SQLITE_GRAMMAR, also)
    return { kind: 'insert', table, replaces, columns, query: null, also, ...cursor.since(start) }
  }
  const query = SQLITE_GRAMMAR.query(cursor)
  while (cursor.skip('ON', 'CONFLICT')) readUpsert(cursor, also)
  readReturning(cursor, SQLITE_GRAMMAR, also)
  return { kind: 'insert', table, replaces, columns, query, also, ...cursor.since(start) }
}

function readUpsert(cursor: Cursor, also: Expr[]): void {
  if (cursor.isSymbol('(')) {
    const keys = cursor.list(() => readSortKey(cursor, SQLITE_GRAMMAR))
    also.push(...keys.map(({ expression }) => expression))
    if (cursor.skip('WHERE')) also.push(SQLITE_GRAMMAR.expression(cursor))
  }
  cursor.need('DO')
  if (cursor.skip('NOTHING')) return
  cursor.need('UPDATE', 'SET')
  also.push(...cursor.separated(() => readAssignment(cursor)).map(({ value }) => value))
  if (cursor.skip('WHERE')) also.push(SQLITE_GRAMMAR.expression(cursor))
}

function readUpdate(cursor: Cursor, start: number, common: readonly CommonTable[]): Update {
  if (cursor.skip('OR')) readResolution(cursor)
  const table = readTarget(cursor)
  cursor.need('SET')
  const assignments = cursor.separated(() => readAssignment(cursor))
  const also: Expr[] = common.map(({ query }) => asExpression(query))
  const sources = cursor.skip('FROM') ? readSources(cursor, SQLITE_GRAMMAR, also) : []
  const where = cursor.skip('WHERE') ? SQLITE_GRAMMAR.expression(cursor) : null
  readReturning(cursor, SQLITE_GRAMMAR, also)
  const from = sources.flatMap((source): readonly ObjectName[] => {
    if (source.query) also.push(asExpression(source.query))
    return source.table ? [source.table] : []
  })
  return { kind: 'update', table, assignments, from, where, also, ...cursor.since(start) }
}

function readAssignment(cursor: Cursor): Assignment {
  const { start } = cursor
  const columns: readonly Name[] = cursor.isSymbol('(')
    ? cursor.list(() => cursor.name())
    : [cursor.name()]
  cursor.needSymbol('=')
  const value = SQLITE_GRAMMAR.expression(cursor)
  return { columns, value, ...cursor.since(start) }
}

function readDelete(cursor: Cursor, start: number, common: readonly CommonTable[]): Delete {
  cursor.need('FROM')
  const table = readTarget(cursor)
  const also: Expr[] = common.map(({ query }) => asExpression(query))
  const where = cursor.skip('WHERE') ? SQLITE_GRAMMAR.expression(cursor) : null
  readReturning(cursor, SQLITE_GRAMMAR, also)
  return { kind: 'delete', table, where, also, ...cursor.since(start) }
}

function readTarget(cursor: Cursor): ObjectName {
  const table = cursor.objectName()
  if (cursor.skip('AS')) cursor.name()
  skipIndexHint(cursor)
  return table
}
