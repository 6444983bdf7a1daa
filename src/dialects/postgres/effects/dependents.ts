import {
  type Catalog,
  dependentPolicies,
  dependentViews,
  findTable,
  referencesTo,
} from '../../../catalog/catalog.ts'
import { type QualifiedName, displayName, nameKey, sameName } from '../../../catalog/names.ts'
import type { EffectsBuilder } from './build.ts'

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

/** What CASCADE takes along is locked: views, with those that read them, keys and policies elsewhere. */
export function cascadeLocks(
  effects: EffectsBuilder,
  catalog: Catalog,
  table: QualifiedName,
  column: string | null,
): void {
  const generated = (findTable(catalog, table)?.columns ?? []).filter(
    (other) => column !== null && other.generated?.expression.columns.includes(column),
  )
  const columns = column === null ? [null] : [column, ...generated.map(({ name }) => name)]
  for (const one of columns) {
    lockViews(effects, catalog, dependentViews(catalog, table, one))
    for (const { table: holder, key } of referencesTo(catalog, table)) {
      if (one === null || key.referencedColumns.includes(one)) {
        effects.lock(holder, 'AccessExclusive')
      }
    }
    if (one === null) continue
    for (const { table: holder } of dependentPolicies(catalog, table, one)) {
      effects.lock(holder, 'AccessExclusive')
    }
  }
}

/** Views that go, with those that read them. */
export function lockViews(
  effects: EffectsBuilder,
  catalog: Catalog,
  views: readonly QualifiedName[],
): void {
  const waiting = [...views]
  const seen = new Set<string>()
  for (let view = waiting.pop(); view !== undefined; view = waiting.pop()) {
    if (seen.has(nameKey(view))) continue
    seen.add(nameKey(view))
    effects.lock(view, 'AccessExclusive')
    waiting.push(...dependentViews(catalog, view, null))
  }
}
