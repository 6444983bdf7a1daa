import {
  type Catalog,
  dependentPolicies,
  dependentViews,
  findTable,
} from '../../src/catalog/catalog.ts'
import { type QualifiedName, displayColumn, displayName, nameKey } from '../../src/catalog/names.ts'
import { isNew } from '../../src/catalog/newness.ts'

/** Views that go with what they read, and those that read them, in words. */
export function viewsLost(
  catalog: Catalog,
  relation: QualifiedName,
  column: string | null,
): readonly string[] {
  const seen = new Map<string, string>()
  const waiting = [...dependentViews(catalog, relation, column)]
  for (let view = waiting.shift(); view !== undefined; view = waiting.shift()) {
    if (seen.has(nameKey(view)) || isNew(catalog, view)) continue
    seen.set(nameKey(view), `view ${displayName(view)}`)
    waiting.push(...dependentViews(catalog, view, null))
  }
  return [...seen.values()]
}

/** What DROP COLUMN … CASCADE takes along beyond the column's own table, and what is computed from it. */
export function lostWithColumn(
  catalog: Catalog,
  table: QualifiedName,
  column: string,
): readonly string[] {
  const generated = (findTable(catalog, table)?.columns ?? [])
    .filter((other) => other.generated?.expression.columns.includes(column))
    .map(({ name }) => name)
  const policies = dependentPolicies(catalog, table, column).map(
    ({ table: holder, policy }) => `policy ${policy.name} of ${displayName(holder)}`,
  )
  return [
    ...generated.map((name) => `column ${displayColumn(table, name)}`),
    ...[column, ...generated].flatMap((name) => viewsLost(catalog, table, name)),
    ...policies,
  ]
}
