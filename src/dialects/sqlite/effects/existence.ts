import { type Catalog, findIndex, findTable, findView } from '../../../catalog/catalog.ts'
import type { Change } from '../../../catalog/change.ts'
import { type QualifiedName, displayName } from '../../../catalog/names.ts'
import type { Table } from '../../../catalog/table.ts'
import { sameWord } from '../../ddl/translation.ts'
import { isGone } from './broken.ts'
import type { RunError } from '../../effects.ts'
import { always } from './outcome.ts'

/** What stands in the way of something new under a name: tables, views and indexes share theirs. */
export function nameTaken(catalog: Catalog, name: QualifiedName, what: string): RunError | null {
  if (/^sqlite_/i.test(name.name)) {
    return always('unsupported', `object name reserved for internal use: ${name.name}`)
  }
  const table = findTable(catalog, name)
  if (table) {
    return what === 'index'
      ? always('object-exists', `there is already a table named ${displayName(name)}`)
      : always('object-exists', `table ${displayName(name)} already exists`)
  }
  if (findView(catalog, name))
    return always('object-exists', `view ${displayName(name)} already exists`)
  const index = findIndex(catalog, name)
  if (!index || index.index.constraint !== null) return null
  return what === 'index'
    ? always('object-exists', `index ${name.name} already exists`)
    : always('object-exists', `there is already an index named ${name.name}`)
}

/** Where a change's table is to be looked up: a rebuild brings what the old table does not have. */
export function catalogOf(change: Change): Catalog {
  return change.folded.length > 0 ? change.after : change.before
}

/** The table is known not to exist. */
export function noTable(catalog: Catalog, name: QualifiedName): RunError | null {
  return isGone(catalog, name)
    ? always('missing-object', `no such table: ${displayName(name)}`)
    : null
}

/** The first of these columns that the table is known not to have. */
export function noColumn(
  catalog: Catalog,
  name: QualifiedName,
  columns: readonly string[],
): RunError | null {
  const table = findTable(catalog, name)
  if (!table?.complete || catalog.blind) return null
  const missing = columns.find((column) => !hasColumn(table, column))
  return missing === undefined ? null : always('missing-object', `no such column: ${missing}`)
}

/** Whether the table has the column, or a name that means its rowid. */
export function hasColumn(table: Table, column: string): boolean {
  return (
    table.columns.some(({ name }) => sameWord(name, column)) ||
    /^(?:rowid|oid|_rowid_)$/i.test(column)
  )
}
