import { applyChange } from '../../catalog/apply.ts'
import { type Catalog, relationInAnyCase } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { nameKey } from '../../catalog/names.ts'
import { type Table, findColumn } from '../../catalog/table.ts'

/**
 * A catalog with the names of another one, where the two differ in the case of letters only and that
 * is no difference to the server.
 */
export function spelledAs(catalog: Catalog, other: Catalog): Catalog {
  if (!other.namesInAnyCase) return catalog
  let result = catalog
  for (const [key, table] of other.tables) {
    const to = { schema: table.schema, name: table.name }
    const found = result.tables.has(key) ? to : relationInAnyCase(result, to)
    // Where both are there, the server tells them apart.
    if (found === undefined || (nameKey(found) !== key && other.tables.has(nameKey(found))))
      continue
    const own = result.tables.get(nameKey(found))
    if (own === undefined) continue
    const renames: readonly ChangeBody[] = [
      ...(nameKey(found) === key ? [] : [{ kind: 'RenameTable' as const, table: found, to }]),
      ...columnRenames(own, table),
    ]
    result = renames.reduce(applyChange, result)
  }
  return result
}

function columnRenames(own: Table, table: Table): readonly ChangeBody[] {
  const { schema, name } = table
  return table.columns.flatMap(({ name: to }): readonly ChangeBody[] => {
    if (findColumn(own, to) !== undefined) return []
    const found = own.columns.find((column) => column.name.toLowerCase() === to.toLowerCase())
    return found && findColumn(table, found.name) === undefined
      ? [{ kind: 'RenameColumn', table: { schema, name }, column: found.name, to }]
      : []
  })
}
