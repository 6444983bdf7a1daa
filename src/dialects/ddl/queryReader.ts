import type { Cursor } from './cursor.ts'
import { type Grammar, isQuery } from './grammar.ts'
import type {
  CommonTable,
  Expr,
  IndexKeyPart,
  Name,
  Query,
  QueryPart,
  QueryResult,
  QuerySource,
} from './syntax.ts'

/** Reads a query: SELECT, VALUES, or a compound of them, with its WITH. */
export function readQuery(cursor: Cursor, grammar: Grammar): Query {
  const { start } = cursor
  const common = cursor.is('WITH') ? readWith(cursor, grammar) : []
  const parts = [...readParts(cursor, grammar)]
  while (cursor.is('UNION') || cursor.is('EXCEPT') || cursor.is('INTERSECT')) {
    const isUnion = cursor.next().value === 'UNION'
    if (isUnion || grammar.selectOptions) cursor.skip('ALL')
    if (grammar.selectOptions) cursor.skip('DISTINCT')
    parts.push(...readParts(cursor, grammar))
  }
  const orderBy: Expr[] = []
  if (cursor.skip('ORDER', 'BY')) {
    orderBy.push(...cursor.separated(() => readSortKey(cursor, grammar).expression))
  }
  const limited = cursor.skip('LIMIT')
  if (limited) {
    orderBy.push(grammar.expression(cursor))
    if (cursor.skip('OFFSET') || cursor.skipSymbol(',')) {
      orderBy.push(grammar.expression(cursor))
    }
  }
  grammar.skipQueryTail?.(cursor)
  return { with: common, parts, orderBy, limited, ...cursor.since(start) }
}

/** A SELECT or VALUES; SQLite knows no query in parentheses as a part of another. */
function readParts(cursor: Cursor, grammar: Grammar): readonly QueryPart[] {
  if (!grammar.selectOptions || !cursor.skipSymbol('(')) return [readPart(cursor, grammar)]
  const { parts } = readQuery(cursor, grammar)
  cursor.needSymbol(')')
  return parts
}

/** `WITH [RECURSIVE] name [(columns)] AS (query), …`. */
export function readWith(cursor: Cursor, grammar: Grammar): readonly CommonTable[] {
  cursor.need('WITH')
  cursor.skip('RECURSIVE')
  return cursor.separated(() => {
    const name = cursor.name()
    if (cursor.isSymbol('(')) cursor.list(() => cursor.name())
    cursor.need('AS')
    if (!cursor.skip('MATERIALIZED')) cursor.skip('NOT', 'MATERIALIZED')
    cursor.needSymbol('(')
    const query = readQuery(cursor, grammar)
    cursor.needSymbol(')')
    return { name, query }
  })
}

function readPart(cursor: Cursor, grammar: Grammar): QueryPart {
  if (cursor.skip('VALUES')) {
    const values = cursor.separated(() => cursor.list(() => grammar.expression(cursor)))
    return { results: [], sources: [], conditions: [], where: null, values }
  }
  cursor.need('SELECT')
  if (!cursor.skip('DISTINCT')) cursor.skip('ALL')
  while (grammar.selectOptions && cursor.isOneOf(grammar.selectOptions)) cursor.next()
  const results = cursor.separated(() => readResult(cursor, grammar))
  const conditions: Expr[] = []
  const sources = cursor.skip('FROM') ? readSources(cursor, grammar, conditions) : []
  const where = cursor.skip('WHERE') ? grammar.expression(cursor) : null
  if (where) conditions.push(where)
  if (cursor.skip('GROUP', 'BY')) {
    conditions.push(...cursor.separated(() => grammar.expression(cursor)))
    if (grammar.selectOptions) cursor.skip('WITH', 'ROLLUP')
  }
  if (cursor.skip('HAVING')) conditions.push(grammar.expression(cursor))
  if (cursor.is('WINDOW') && cursor.isName(1)) {
    cursor.next()
    cursor.separated(() => {
      cursor.name()
      cursor.need('AS')
      conditions.push(...readWindow(cursor, grammar))
    })
  }
  return { results, sources, conditions, where, values: null }
}

function readResult(cursor: Cursor, grammar: Grammar): QueryResult {
  if (cursor.skipSymbol('*')) return { kind: 'all', table: null }
  if (cursor.isName() && cursor.isSymbol('.', 1) && cursor.isSymbol('*', 2)) {
    const table = cursor.name()
    cursor.needSymbol('.')
    cursor.needSymbol('*')
    return { kind: 'all', table }
  }
  const expression = grammar.expression(cursor)
  return { kind: 'expression', expression, alias: readAlias(cursor) ?? cursor.stringAlias() }
}

/** Joins' words, which can be names elsewhere but not an alias without AS. */
const JOINS: ReadonlySet<string> = new Set([
  'CROSS',
  'FULL',
  'INDEXED',
  'INNER',
  'LEFT',
  'NATURAL',
  'OUTER',
  'RIGHT',
  'WINDOW',
])

/** `AS name`, or a name by itself. */
export function readAlias(cursor: Cursor): Name | null {
  if (cursor.skip('AS')) return cursor.alias()
  return cursor.isName() && !cursor.isOneOf(JOINS) ? cursor.name() : null
}

/** What stands behind FROM; conditions of joins are added to `conditions`. */
export function readSources(
  cursor: Cursor,
  grammar: Grammar,
  conditions: Expr[],
): readonly QuerySource[] {
  const sources: QuerySource[] = [...readSource(cursor, grammar, conditions)]
  while (skipJoin(cursor)) {
    sources.push(...readSource(cursor, grammar, conditions))
    if (cursor.skip('ON')) conditions.push(grammar.expression(cursor))
    else if (cursor.skip('USING')) cursor.list(() => cursor.name())
  }
  return sources
}

function skipJoin(cursor: Cursor): boolean {
  if (cursor.skipSymbol(',')) return true
  if (cursor.skip('JOIN')) return true
  if (!cursor.isOneOf(JOINS) || cursor.is('INDEXED') || cursor.is('WINDOW')) return false
  while (!cursor.is('JOIN')) {
    if (!cursor.isOneOf(JOINS)) cursor.fail()
    cursor.next()
  }
  cursor.need('JOIN')
  return true
}

function readSource(cursor: Cursor, grammar: Grammar, conditions: Expr[]): readonly QuerySource[] {
  if (cursor.isSymbol('(')) {
    if (isQuery(cursor, 1)) {
      cursor.needSymbol('(')
      const query = readQuery(cursor, grammar)
      cursor.needSymbol(')')
      return [{ table: null, query, arguments: [], alias: readAlias(cursor) }]
    }
    cursor.needSymbol('(')
    const inner = readSources(cursor, grammar, conditions)
    cursor.needSymbol(')')
    readAlias(cursor)
    return inner
  }
  const table = cursor.objectName()
  if (cursor.isSymbol('(')) {
    cursor.needSymbol('(')
    const values = cursor.isSymbol(')') ? [] : cursor.separated(() => grammar.expression(cursor))
    cursor.needSymbol(')')
    return [{ table: null, query: null, arguments: values, alias: readAlias(cursor) }]
  }
  const alias = readAlias(cursor)
  grammar.skipIndexHint(cursor)
  return [{ table, query: null, arguments: [], alias }]
}

/** `expression [ASC | DESC] [NULLS FIRST | LAST]`. */
export function readSortKey(cursor: Cursor, grammar: Grammar): IndexKeyPart {
  const { start } = cursor
  const expression = grammar.expression(cursor)
  const order: string[] = []
  if (cursor.is('ASC') || cursor.is('DESC')) order.push(cursor.next().value)
  if (cursor.skip('NULLS')) {
    if (!cursor.is('FIRST') && !cursor.is('LAST')) cursor.fail()
    order.push(`NULLS ${cursor.next().value}`)
  }
  return { expression, order: order.join(' '), ...cursor.since(start) }
}

/** `( [name] [PARTITION BY …] [ORDER BY …] [frame] )`. */
export function readWindow(cursor: Cursor, grammar: Grammar): readonly Expr[] {
  const read: Expr[] = []
  cursor.needSymbol('(')
  const isClause = ['PARTITION', 'ORDER', 'ROWS', 'RANGE', 'GROUPS'].some((word) => cursor.is(word))
  if (!isClause && cursor.isName()) cursor.name()
  if (cursor.skip('PARTITION', 'BY')) {
    read.push(...cursor.separated(() => grammar.expression(cursor)))
  }
  if (cursor.skip('ORDER', 'BY')) {
    read.push(...cursor.separated(() => readSortKey(cursor, grammar).expression))
  }
  if (cursor.skip('ROWS') || cursor.skip('RANGE') || cursor.skip('GROUPS')) {
    if (cursor.skip('BETWEEN')) {
      readBound(cursor, grammar)
      cursor.need('AND')
    }
    readBound(cursor, grammar)
    if (cursor.skip('EXCLUDE')) {
      const isRead =
        cursor.skip('NO', 'OTHERS') ||
        cursor.skip('CURRENT', 'ROW') ||
        cursor.skip('GROUP') ||
        cursor.skip('TIES')
      if (!isRead) cursor.fail()
    }
  }
  cursor.needSymbol(')')
  return read
}

function readBound(cursor: Cursor, grammar: Grammar): void {
  if (cursor.skip('CURRENT', 'ROW')) return
  if (!cursor.skip('UNBOUNDED')) grammar.expression(cursor)
  if (!cursor.skip('PRECEDING')) cursor.need('FOLLOWING')
}
