import type { ColumnRef, Node, RangeVar } from '@pgsql/types'
import { type Catalog, findTable } from '../../../../catalog/catalog.ts'
import type { ViewSource } from '../../../../catalog/viewSource.ts'
import { rangeName, strings } from '../names.ts'

interface Found {
  readonly ranges: RangeVar[]
  readonly columns: ColumnRef[]
  readonly withNames: Set<string>
}

/**
 * The relations a query reads, each with the columns of it that the query names. A bare column
 * belongs to every relation that has one of that name.
 *
 * @param around - names that a WITH around the query gives to queries beside it
 */
export function viewSources(
  catalog: Catalog,
  query: Node | undefined,
  around: readonly string[] = [],
): readonly ViewSource[] {
  const { ranges, columns, withNames } = collect(query)
  const queries = new Set([...withNames, ...around])
  return ranges
    .filter((range) => range.schemaname !== undefined || !queries.has(range.relname ?? ''))
    .map((range) => {
      const relation = rangeName(catalog, range)
      const known = findTable(catalog, relation)?.columns.map((column) => column.name)
      return { relation, columns: known ? namedColumns(range, columns, known) : null }
    })
}

function namedColumns(
  range: RangeVar,
  columns: readonly ColumnRef[],
  known: readonly string[],
): readonly string[] {
  const alias = range.alias?.aliasname ?? range.relname
  const named = new Set<string>()
  for (const column of columns) {
    const path = strings(column.fields)
    const star = column.fields?.some((field) => 'A_Star' in field) === true
    const qualifier = star ? path.at(-1) : path.at(-2)
    if (qualifier !== undefined && qualifier !== alias) continue
    for (const name of star ? known : path.slice(-1)) {
      if (known.includes(name)) named.add(name)
    }
  }
  return [...named]
}

function collect(query: Node | undefined): Found {
  const found: Found = { ranges: [], columns: [], withNames: new Set() }
  const pending: unknown[] = [query]
  while (pending.length > 0) {
    const node = pending.pop()
    if (node === null || typeof node !== 'object') continue
    if (Array.isArray(node)) {
      // Spread, a long VALUES list would be more arguments than a call can take.
      for (const item of node as unknown[]) pending.push(item)
      continue
    }
    for (const [tag, value] of Object.entries(node)) {
      if (tag === 'RangeVar') found.ranges.push(value as RangeVar)
      if (tag === 'ColumnRef') found.columns.push(value as ColumnRef)
      if (tag === 'CommonTableExpr') {
        found.withNames.add((value as { ctename?: string }).ctename ?? '')
      }
      // WITH lists and UPDATE targets hold their RangeVar without the tag's wrapping.
      pending.push(value)
    }
  }
  return found
}
