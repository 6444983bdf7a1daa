import {
  type Catalog,
  dependentPolicies,
  dependentViews,
  findTable,
  referencesTo,
} from '../../../catalog/catalog.ts'
import { type QualifiedName, displayName, sameName } from '../../../catalog/names.ts'

/** What would stand in the way of dropping a column without CASCADE, in words. */
export function columnDependents(
  catalog: Catalog,
  table: QualifiedName,
  column: string,
): readonly string[] {
  const known = findTable(catalog, table)
  return [
    ...dependentViews(catalog, table, column).map((view) => `view ${displayName(view)}`),
    ...referencesTo(catalog, table)
      .filter(({ key, table: holder }) => {
        // A key that stands on the very column goes with it.
        const own = sameName(holder, table) && key.columns.includes(column)
        return key.referencedColumns.includes(column) && !own
      })
      .map(({ key, table: holder }) => `constraint ${key.name} on table ${displayName(holder)}`),
    ...(known?.columns ?? [])
      .filter((other) => other.generated?.expression.columns.includes(column))
      .map((other) => `column ${other.name} of table ${displayName(table)}`),
    ...dependentPolicies(catalog, table, column).map(
      ({ table: holder, policy }) => `policy ${policy.name} on table ${displayName(holder)}`,
    ),
  ]
}
