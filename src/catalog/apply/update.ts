import { type Catalog, findTable } from '../catalog.ts'
import { type QualifiedName, nameKey } from '../names.ts'
import { SharedMap } from '../sharedMap.ts'
import { type Column, type Table, emptyTable } from '../table.ts'

/** The catalog with the table put in, or put in again. */
export function withTable(catalog: Catalog, table: Table): Catalog {
  return { ...catalog, tables: withEntry(catalog.tables, nameKey(table), table) }
}

/** The map without a key; the same map where it has none. */
export function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (map instanceof SharedMap) return map.without(key)
  if (!map.has(key)) return map
  const copy = new Map(map)
  copy.delete(key)
  return copy
}

/** The map with a key set. */
export function withEntry<V>(
  map: ReadonlyMap<string, V>,
  key: string,
  value: V,
): ReadonlyMap<string, V> {
  return map instanceof SharedMap ? map.with(key, value) : new Map(map).set(key, value)
}

/**
 * A table that the migrations alter but never created: made by hand, by another tool, or by a
 * first migration that is only a comment (`drizzle-kit pull`). It is remembered from its first
 * mention on, as one whose columns are not all known.
 */
function mentionedTable(name: QualifiedName): Table {
  return { ...emptyTable(name, 0), complete: false }
}

/** The catalog with one table changed; a table not known yet is taken for a deployed one. */
export function updateTable(
  catalog: Catalog,
  name: QualifiedName,
  update: (table: Table) => Table,
): Catalog {
  const table = findTable(catalog, name)
  if (table === undefined && catalog.gone.has(nameKey(name))) return catalog
  // Rows and triggers of a view are no table's.
  if (table === undefined && catalog.views.has(nameKey(name))) return catalog
  const updated = update(table ?? mentionedTable(name))
  return updated === table ? catalog : withTable(catalog, updated)
}

/** The catalog with one column changed; nothing happens if the column is not known. */
export function updateColumn(
  catalog: Catalog,
  name: QualifiedName,
  column: string,
  update: (column: Column) => Column,
): Catalog {
  return updateTable(catalog, name, (table) => ({
    ...table,
    columns: table.columns.map((candidate) =>
      candidate.name === column ? update(candidate) : candidate,
    ),
  }))
}

/** The catalog with some of its tables changed. */
export function updateTables(
  catalog: Catalog,
  some: readonly QualifiedName[],
  update: (table: Table) => Table,
): Catalog {
  return some.reduce<Catalog>((result, name) => updateTable(result, name, update), catalog)
}
