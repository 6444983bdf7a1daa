import type { Node, RangeVar } from '@pgsql/types'
import type { Catalog, ViewSource } from '../../../catalog/catalog.ts'
import { findColumn } from '../../../catalog/table.ts'
import { findTable } from '../../../catalog/catalog.ts'
import { mentionsIn } from '../expressions.ts'
import { rangeName } from '../names.ts'

/**
 * The relations a query reads, each with the columns it names. A bare column belongs to every
 * relation that has one of that name: too many rather than too few.
 */
export function viewSources(catalog: Catalog, query: Node | undefined): readonly ViewSource[] {
  const ranges: RangeVar[] = []
  const withNames = new Set<string>()
  const pending: unknown[] = [query]
  while (pending.length > 0) {
    const node = pending.pop()
    if (node === null || typeof node !== 'object') continue
    if (Array.isArray(node)) {
      pending.push(...(node as unknown[]))
      continue
    }
    for (const [tag, value] of Object.entries(node)) {
      if (tag === 'RangeVar') ranges.push(value as RangeVar)
      if (tag === 'CommonTableExpr') withNames.add((value as { ctename?: string }).ctename ?? '')
      pending.push(value)
    }
  }
  const named = mentionsIn(query).columns
  return ranges
    .filter((range) => range.schemaname !== undefined || !withNames.has(range.relname ?? ''))
    .map((range) => {
      const relation = rangeName(catalog, range)
      const table = findTable(catalog, relation)
      return {
        relation,
        columns:
          named.includes('*') || table === undefined
            ? null
            : named.filter((column) => findColumn(table, column) !== undefined),
      }
    })
}
