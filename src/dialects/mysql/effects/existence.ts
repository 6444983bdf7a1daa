import { type Catalog, findTable, findView } from '../../../catalog/catalog.ts'
import { type QualifiedName, displayName, nameKey } from '../../../catalog/names.ts'
import type { Table } from '../../../catalog/table.ts'
import type { RunError } from '../../effects.ts'
import { sameWord } from '../../ddl/translation.ts'
import { always } from './outcome.ts'

/** The table is known not to exist: the migrations have dropped or renamed it. */
export function noTable(catalog: Catalog, name: QualifiedName): RunError | null {
  if (catalog.blind || findTable(catalog, name) || findView(catalog, name)) return null
  return catalog.gone.has(nameKey(name))
    ? always('missing-object', 1146, `Table '${displayName(name)}' doesn't exist`)
    : null
}

/** What stands in the way of a new table or view; they share their names. */
export function nameTaken(catalog: Catalog, name: QualifiedName): RunError | null {
  return findTable(catalog, name) || findView(catalog, name)
    ? always('object-exists', 1050, `Table '${displayName(name)}' already exists`)
    : null
}

/** The first of these columns that the table is known not to have. */
export function missingColumn(
  catalog: Catalog,
  name: QualifiedName,
  columns: readonly string[],
): string | undefined {
  const table = findTable(catalog, name)
  if (!table?.complete || catalog.blind) return undefined
  return columns.find((column) => !hasColumn(table, column))
}

export function hasColumn(table: Table, column: string): boolean {
  return table.columns.some(({ name }) => sameWord(name, column))
}

/** A key, check or generated column that names a column the table does not have. */
export function noColumn(
  catalog: Catalog,
  name: QualifiedName,
  columns: readonly string[],
  code = 1054,
): RunError | null {
  const missing = missingColumn(catalog, name, columns)
  if (missing === undefined) return null
  return always(
    'missing-object',
    code,
    code === 1072
      ? `Key column '${missing}' doesn't exist in table`
      : `Unknown column '${missing}' in '${displayName(name)}'`,
  )
}

/** Whether all that a table has is known, so that what is missing does not exist. */
export function isWhole(catalog: Catalog, table: Table | undefined): table is Table {
  return table?.complete === true && !catalog.blind
}
