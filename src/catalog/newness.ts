import { type Catalog, findTable } from './catalog.ts'
import type { QualifiedName } from './names.ts'
import { type Column, type Table, findColumn } from './table.ts'

/** Whether the current deployment created it. */
export function isNew(catalog: Catalog, object: { readonly createdIn: number }): boolean {
  return object.createdIn === catalog.deployment
}

/**
 * Whether the table holds no rows: the current deployment created or emptied it and has not written
 * into it since. A table the catalog has never seen was there before.
 */
export function isEmpty(catalog: Catalog, name: QualifiedName): boolean {
  const table = findTable(catalog, name)
  if (table === undefined) return false
  if (table.emptiedIn === catalog.deployment) return true
  return isNew(catalog, table) && table.filledIn !== catalog.deployment
}

/** Whether no deployed code can know the table yet. */
export function isNewTable(catalog: Catalog, name: QualifiedName): boolean {
  const table = findTable(catalog, name)
  return table !== undefined && isNew(catalog, table)
}

/** Whether no deployed code can know the column yet. */
export function isNewColumn(catalog: Catalog, name: QualifiedName, column: string): boolean {
  const found: Column | undefined = findColumn(findTable(catalog, name), column)
  return found !== undefined && isNew(catalog, found)
}

/** Whether the current deployment gave the column a value in every row that had none. */
export function isFilled(catalog: Catalog, table: Table, column: Column): boolean {
  if (column.filledIn === catalog.deployment) return true
  return (
    isNew(catalog, column) &&
    column.default !== null &&
    !column.default.isNull &&
    !isNew(catalog, table)
  )
}
