import type { ColumnRef, Node, RangeVar, SelectStmt, WithClause } from '@pgsql/types'
import { type Catalog, type ViewSource, findTable } from '../../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import { rangeName, strings } from '../names.ts'

/** Something that a FROM names, or a query that stands in its place. */
interface Range {
  readonly alias: string
  /** null for what is no relation, and for a table that is only written to. */
  readonly relation: QualifiedName | null
  /** null where they are not known. */
  readonly columns: readonly string[] | null
  readonly named: Set<string>
}

/** What names can mean in a query: its own tables, then those of the query around it. */
interface Scope {
  readonly ranges: Range[]
  /** Queries of WITH by name, with what they give; null where that is not known. */
  readonly queries: ReadonlyMap<string, readonly string[] | null>
  readonly parent: Scope | null
}

/**
 * The relations a query reads, each with the columns of it that the query names. A name belongs to
 * the innermost query that has a table with such a column, as in SQL.
 *
 * @param around - names that a WITH around the query gives to queries beside it
 * @param own - the table whose columns the outermost names may be: a policy's
 */
export function viewSources(
  catalog: Catalog,
  query: unknown,
  around: readonly string[] = [],
  own: QualifiedName | null = null,
): readonly ViewSource[] {
  const found: Range[] = []
  const outermost: Scope = {
    ranges: own === null ? [] : [rangeOf(catalog, own, own.name)],
    queries: new Map(around.map((name) => [name, null])),
    parent: null,
  }
  found.push(...outermost.ranges)
  // A stack of its own: an expression may be nested deeper than JavaScript's stack is.
  const pending: { readonly value: unknown; readonly scope: Scope }[] = [
    { value: query, scope: outermost },
  ]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, scope } = next
    if (value === null || typeof value !== 'object') continue
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) pending.push({ value: item, scope })
      continue
    }
    for (const [tag, body] of Object.entries(value) as [string, Body][]) {
      if (body === null || typeof body !== 'object') continue
      if (tag === 'ColumnRef') resolve(body as ColumnRef, scope)
      else if (tag === 'usingClause' && Array.isArray(body)) {
        for (const name of strings(body as Node[])) resolveBare(name, scope)
      }
      const inner =
        QUERIES.has(tag) || isPartOfUnion(tag, value) ? scopeOf(catalog, body, scope) : null
      if (inner) found.push(...inner.ranges)
      pending.push({ value: body, scope: inner ?? scope })
    }
  }
  return found.flatMap(({ relation, columns, named }) =>
    relation === null ? [] : [{ relation, columns: columns && [...named] }],
  )
}

type Body = { readonly [key: string]: unknown } | null

const QUERIES: ReadonlySet<string> = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
])

/** The two halves of a UNION stand in it without a tag. */
function isPartOfUnion(tag: string, value: object): boolean {
  return (tag === 'larg' || tag === 'rarg') && 'op' in value && value.op !== 'SETOP_NONE'
}

function scopeOf(catalog: Catalog, body: Body, parent: Scope): Scope {
  const ctes = (body?.['withClause'] as WithClause | undefined)?.ctes ?? []
  const queries = new Map(parent.queries)
  for (const entry of ctes) {
    if (!('CommonTableExpr' in entry)) continue
    const { ctename, aliascolnames, ctequery } = entry.CommonTableExpr
    queries.set(ctename ?? '', outputOf(ctequery, aliascolnames))
  }
  const scope: Scope = { ranges: [], queries, parent }
  const target = body?.['relation'] as RangeVar | undefined
  if (target?.relname !== undefined) {
    const range = rangeOf(catalog, rangeName(catalog, target), aliasOf(target))
    scope.ranges.push({ ...range, relation: null })
  }
  for (const part of ['fromClause', 'usingClause', 'sourceRelation']) {
    addRanges(catalog, body?.[part], scope)
  }
  return scope
}

/** The items of a FROM, with joins between them. */
function addRanges(catalog: Catalog, from: unknown, scope: Scope): void {
  for (const node of (Array.isArray(from) ? from : [from]) as (Node | undefined)[]) {
    if (node === undefined) continue
    if ('RangeVar' in node) scope.ranges.push(namedRange(catalog, node.RangeVar, scope))
    else if ('JoinExpr' in node) addRanges(catalog, [node.JoinExpr.larg, node.JoinExpr.rarg], scope)
    else if ('RangeTableSample' in node) addRanges(catalog, node.RangeTableSample.relation, scope)
    else if ('RangeSubselect' in node) {
      const { alias, subquery } = node.RangeSubselect
      const columns = outputOf(subquery, alias?.colnames)
      scope.ranges.push({ ...nothing(), alias: alias?.aliasname ?? '', columns })
    } else scope.ranges.push(nothing())
  }
}

function namedRange(catalog: Catalog, range: RangeVar, { queries }: Scope): Range {
  const name = range.relname ?? ''
  const given = range.schemaname === undefined ? queries.get(name) : undefined
  return given === undefined
    ? rangeOf(catalog, rangeName(catalog, range), aliasOf(range))
    : { ...nothing(), alias: aliasOf(range), columns: given }
}

function rangeOf(catalog: Catalog, relation: QualifiedName, alias: string): Range {
  const { schema, name } = relation
  const columns = findTable(catalog, relation)?.columns.map((column) => column.name) ?? null
  return { alias, relation: { schema, name }, columns, named: new Set() }
}

function nothing(): Range {
  return { alias: '', relation: null, columns: null, named: new Set() }
}

function aliasOf({ alias, relname }: RangeVar): string {
  return alias?.aliasname ?? relname ?? ''
}

/** The names of a query's columns, as far as its text tells. */
function outputOf(query: Node | undefined, given: readonly Node[] = []): readonly string[] | null {
  if (given.length > 0) return strings(given)
  if (!query || !('SelectStmt' in query)) return null
  const select: SelectStmt = query.SelectStmt.larg ?? query.SelectStmt
  const names = (select.targetList ?? []).map((target) => {
    if (!('ResTarget' in target)) return null
    const { name, val } = target.ResTarget
    if (name !== undefined) return name
    if (val && 'ColumnRef' in val) return isStar(val.ColumnRef) ? null : lastName(val.ColumnRef)
    return '?column?'
  })
  return names.length > 0 && names.every((name) => name !== null) ? names : null
}

function isStar({ fields }: ColumnRef): boolean {
  return fields?.some((field) => 'A_Star' in field) === true
}

function lastName({ fields }: ColumnRef): string {
  return strings(fields).at(-1) ?? ''
}

function resolve(column: ColumnRef, scope: Scope): void {
  const path = strings(column.fields)
  const star = isStar(column)
  const qualifier = star ? path.at(-1) : path.at(-2)
  if (qualifier === undefined && !star) return resolveBare(lastName(column), scope)
  const ranges = qualifier === undefined ? scope.ranges : [rangeNamed(qualifier, scope)]
  for (const range of ranges) {
    const names = star ? range?.columns : path.slice(-1)
    for (const name of names ?? []) if (range?.columns?.includes(name)) range.named.add(name)
  }
}

function rangeNamed(alias: string, scope: Scope): Range | undefined {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const range = at.ranges.find((candidate) => candidate.alias === alias)
    if (range) return range
  }
  return undefined
}

function resolveBare(name: string, scope: Scope): void {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const having = at.ranges.filter(({ columns }) => columns?.includes(name))
    for (const range of having) range.named.add(name)
    // What is not known may have it: then it is nobody's that is known.
    if (having.length > 0 || at.ranges.some(({ columns }) => columns === null)) return
  }
  const whole = rangeNamed(name, scope)
  for (const column of whole?.columns ?? []) whole?.named.add(column)
}
