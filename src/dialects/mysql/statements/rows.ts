import type { Cursor } from '../../ddl/cursor.ts'
import { isQuery } from '../../ddl/grammar.ts'
import { readAlias, readSortKey, readSources, readWith } from '../../ddl/queryReader.ts'
import { asExpression, readReturning } from '../../ddl/rowParts.ts'
import type { Assignment, Delete, Insert, Update, Written } from '../../ddl/rows.ts'
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
  readReturning(cursor, MYSQL_GRAMMAR, also)
  return { kind: 'insert', table, replaces, columns, query, also, ...cursor.since(start) }
}

function readColumns(cursor: Cursor): readonly Name[] {
  cursor.needSymbol('(')
  const columns = cursor.isSymbol(')') ? [] : cursor.separated(() => readColumn(cursor).column)
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
  const [written, ...alsoSets] = writtenBy(assignments, sources, tablesOf(sources, also))
  if (written === undefined) cursor.fail()
  // A join leaves out the rows that it does not find.
  const isJoin = sources.length > 1
  return {
    kind: 'update',
    ...written,
    alsoSets,
    where,
    limited: limited || isJoin,
    also,
    ...cursor.since(start),
  }
}

/** Which tables a join writes: those whose columns it sets; without a table in front, the first. */
function writtenBy(
  assignments: readonly Assignment[],
  sources: readonly QuerySource[],
  tables: readonly ObjectName[],
): readonly Written[] {
  const found = new Map<ObjectName, Assignment[]>()
  for (const assignment of assignments) {
    const table = (assignment.table && sourceOf(assignment.table, sources)) ?? tables[0]
    if (table) found.set(table, [...(found.get(table) ?? []), assignment])
  }
  return [...found].map(([table, own]) => ({
    table,
    assignments: own,
    from: tables.filter((other) => other !== table),
  }))
}

/** `DELETE FROM t`, `DELETE a FROM a JOIN b`, `DELETE FROM a USING a JOIN b`. */
function readDelete(cursor: Cursor, start: number, common: readonly CommonTable[]): Delete {
  const also: Expr[] = common.map(({ query }) => asExpression(query))
  const isFrom = cursor.skip('FROM')
  let targets = cursor.separated(() => readTarget(cursor))
  if (isFrom) {
    readAlias(cursor)
    MYSQL_GRAMMAR.skipIndexHint(cursor)
  } else cursor.need('FROM')
  const isJoin = !isFrom || cursor.skip('USING')
  let from: readonly ObjectName[] = []
  if (isJoin) {
    const sources = readSources(cursor, MYSQL_GRAMMAR, also)
    targets = targets.map((target) => sourceOf(target.name, sources) ?? target)
    from = tablesOf(sources, also)
  }
  const [table, ...alsoFrom] = targets
  if (table === undefined) cursor.fail()
  const where = cursor.skip('WHERE') ? MYSQL_GRAMMAR.expression(cursor) : null
  const limited = readLimit(cursor, also) || isJoin
  readReturning(cursor, MYSQL_GRAMMAR, also)
  return { kind: 'delete', table, alsoFrom, from, where, limited, also, ...cursor.since(start) }
}

function readTarget(cursor: Cursor): ObjectName {
  const table = cursor.objectName()
  if (cursor.skipSymbol('.')) cursor.needSymbol('*')
  return table
}

/** The table that a name or an alias stands for. */
function sourceOf({ text }: Name, sources: readonly QuerySource[]): ObjectName | null {
  const name = text.toLowerCase()
  const found = sources.find(
    ({ alias, table }) => (alias ?? table?.name)?.text.toLowerCase() === name,
  )
  return found?.table ?? null
}

function tablesOf(sources: readonly QuerySource[], also: Expr[]): readonly ObjectName[] {
  return sources.flatMap(({ table, query }): readonly ObjectName[] => {
    if (query) also.push(asExpression(query))
    return table ? [table] : []
  })
}

function readAssignment(cursor: Cursor): Assignment {
  const { start } = cursor
  const { table, column } = readColumn(cursor)
  if (!cursor.skipSymbol(':=')) cursor.needSymbol('=')
  const value = MYSQL_GRAMMAR.expression(cursor)
  return { table, columns: [column], value, ...cursor.since(start) }
}

/** A column, with its table in front of it or without. */
function readColumn(cursor: Cursor): { readonly table: Name | null; readonly column: Name } {
  let table: Name | null = null
  let column = cursor.name()
  while (cursor.skipSymbol('.')) {
    table = column
    column = cursor.name()
  }
  return { table, column }
}

function readLimit(cursor: Cursor, also: Expr[]): boolean {
  if (cursor.skip('ORDER', 'BY')) {
    also.push(...cursor.separated(() => readSortKey(cursor, MYSQL_GRAMMAR).expression))
  }
  if (!cursor.skip('LIMIT')) return false
  MYSQL_GRAMMAR.expression(cursor)
  return true
}
