import type { Cursor } from '../../ddl/cursor.ts'
import { isQuery } from '../../ddl/grammar.ts'
import { readAlias, readSortKey, readSources, readWith } from '../../ddl/queryReader.ts'
import type { Assignment, Delete, Insert, Update } from '../../ddl/rows.ts'
import type { CommonTable, Expr, Name, ObjectName, Query, QuerySource } from '../../ddl/syntax.ts'
import { MYSQL_GRAMMAR } from '../grammar.ts'

const ROWS: ReadonlySet<string> = new Set(['INSERT', 'REPLACE', 'UPDATE', 'DELETE'])
const OPTIONS: ReadonlySet<string> = new Set([
  'LOW_PRIORITY',
  'DELAYED',
  'HIGH_PRIORITY',
  'QUICK',
  'IGNORE',
])

/** Whether INSERT, REPLACE, UPDATE or DELETE comes next, with or without a WITH in front. */
export function isRows(cursor: Cursor): boolean {
  if (!cursor.is('WITH')) return cursor.isOneOf(ROWS)
  const mark = cursor.mark
  readWith(cursor, MYSQL_GRAMMAR)
  const found = cursor.isOneOf(ROWS)
  cursor.reset(mark)
  return found
}

export function readRows(cursor: Cursor): Insert | Update | Delete {
  const { start } = cursor
  const common = cursor.is('WITH') ? readWith(cursor, MYSQL_GRAMMAR) : []
  const command = cursor.next().value
  while (cursor.isOneOf(OPTIONS)) cursor.next()
  if (command === 'UPDATE') return readUpdate(cursor, start, common)
  if (command === 'DELETE') return readDelete(cursor, start, common)
  return readInsert(cursor, start, common, command === 'REPLACE')
}

function readInsert(
  cursor: Cursor,
  start: number,
  common: readonly CommonTable[],
  replaces: boolean,
): Insert {
  cursor.skip('INTO')
  const table = cursor.objectName()
  MYSQL_GRAMMAR.skipIndexHint(cursor)
  const also: Expr[] = common.map(({ query }) => asExpression(query))
  let columns: readonly Name[] = []
  let query: Query | null = null
  if (cursor.skip('SET')) {
    const assignments = cursor.separated(() => readAssignment(cursor))
    columns = assignments.flatMap((assignment) => assignment.columns)
    also.push(...assignments.map(({ value }) => value))
  } else {
    if (cursor.isSymbol('(') && !isQuery(cursor, 1)) columns = readColumns(cursor)
    query =
      cursor.is('VALUE') || cursor.is('VALUES') ? readValues(cursor) : MYSQL_GRAMMAR.query(cursor)
  }
  if (cursor.skip('AS')) {
    cursor.name()
    if (cursor.isSymbol('(')) cursor.list(() => cursor.name())
  }
  if (cursor.skip('ON', 'DUPLICATE', 'KEY', 'UPDATE')) {
    also.push(...cursor.separated(() => readAssignment(cursor)).map(({ value }) => value))
  }
  readReturning(cursor, also)
  return { kind: 'insert', table, replaces, columns, query, also, ...cursor.since(start) }
}

function readColumns(cursor: Cursor): readonly Name[] {
  cursor.needSymbol('(')
  const columns = cursor.isSymbol(')') ? [] : cursor.separated(() => readColumn(cursor))
  cursor.needSymbol(')')
  return columns
}

/** `VALUES (…), (…)`; `VALUES ()` has every default. */
function readValues(cursor: Cursor): Query {
  const { start } = cursor
  cursor.next()
  const values = cursor.separated(() => {
    cursor.skip('ROW')
    cursor.needSymbol('(')
    const row = cursor.isSymbol(')') ? [] : cursor.separated(() => MYSQL_GRAMMAR.expression(cursor))
    cursor.needSymbol(')')
    return row
  })
  const part = { results: [], sources: [], conditions: [], where: null, values }
  return { with: [], parts: [part], orderBy: [], limited: false, ...cursor.since(start) }
}

function readUpdate(cursor: Cursor, start: number, common: readonly CommonTable[]): Update {
  const also: Expr[] = common.map(({ query }) => asExpression(query))
  const sources = readSources(cursor, MYSQL_GRAMMAR, also)
  cursor.need('SET')
  const assignments = cursor.separated(() => readAssignment(cursor))
  const where = cursor.skip('WHERE') ? MYSQL_GRAMMAR.expression(cursor) : null
  const limited = readLimit(cursor, also)
  const [table, ...others] = tablesOf(sources, also)
  if (table === undefined) cursor.fail()
  // A join leaves out the rows that it does not find.
  const isJoin = sources.length > 1
  return {
    kind: 'update',
    table,
    assignments,
    from: others,
    where,
    limited: limited || isJoin,
    also,
    ...cursor.since(start),
  }
}

/** `DELETE FROM t`, `DELETE a FROM a JOIN b`, `DELETE FROM a USING a JOIN b`. */
function readDelete(cursor: Cursor, start: number, common: readonly CommonTable[]): Delete {
  const also: Expr[] = common.map(({ query }) => asExpression(query))
  let limited = false
  let table: ObjectName
  if (cursor.skip('FROM')) {
    table = readTarget(cursor)
    if (cursor.skipSymbol(',')) cursor.separated(() => readTarget(cursor))
    readAlias(cursor)
    MYSQL_GRAMMAR.skipIndexHint(cursor)
    if (cursor.skip('USING')) {
      limited = true
      table = resolved(table, readSources(cursor, MYSQL_GRAMMAR, also))
    }
  } else {
    const [target] = cursor.separated(() => readTarget(cursor))
    cursor.need('FROM')
    limited = true
    table = resolved(target!, readSources(cursor, MYSQL_GRAMMAR, also))
  }
  const where = cursor.skip('WHERE') ? MYSQL_GRAMMAR.expression(cursor) : null
  limited = readLimit(cursor, also) || limited
  readReturning(cursor, also)
  return { kind: 'delete', table, where, limited, also, ...cursor.since(start) }
}

function readTarget(cursor: Cursor): ObjectName {
  const table = cursor.objectName()
  if (cursor.skipSymbol('.')) cursor.needSymbol('*')
  return table
}

/** The table that an alias stands for. */
function resolved(target: ObjectName, sources: readonly QuerySource[]): ObjectName {
  const found = sources.find(
    ({ alias }) => alias?.text.toLowerCase() === target.name.text.toLowerCase(),
  )
  return found?.table ?? target
}

function tablesOf(sources: readonly QuerySource[], also: Expr[]): readonly ObjectName[] {
  return sources.flatMap(({ table, query }): readonly ObjectName[] => {
    if (query) also.push(asExpression(query))
    return table ? [table] : []
  })
}

function readAssignment(cursor: Cursor): Assignment {
  const { start } = cursor
  const column = readColumn(cursor)
  if (!cursor.skipSymbol(':=')) cursor.needSymbol('=')
  const value = MYSQL_GRAMMAR.expression(cursor)
  return { columns: [column], value, ...cursor.since(start) }
}

/** A column, with its table in front of it or without. */
function readColumn(cursor: Cursor): Name {
  let name = cursor.name()
  while (cursor.skipSymbol('.')) name = cursor.name()
  return name
}

function readLimit(cursor: Cursor, also: Expr[]): boolean {
  if (cursor.skip('ORDER', 'BY')) {
    also.push(...cursor.separated(() => readSortKey(cursor, MYSQL_GRAMMAR).expression))
  }
  if (!cursor.skip('LIMIT')) return false
  MYSQL_GRAMMAR.expression(cursor)
  return true
}

function readReturning(cursor: Cursor, also: Expr[]): void {
  if (!cursor.skip('RETURNING')) return
  cursor.separated(() => {
    if (cursor.skipSymbol('*')) return
    also.push(MYSQL_GRAMMAR.expression(cursor))
    readAlias(cursor)
  })
}

function asExpression(query: CommonTable['query']): Expr {
  const { start, end } = query
  return { kind: 'subquery', operator: 'scalar', left: null, query, start, end }
}
