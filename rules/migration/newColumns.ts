import type { Change } from '../../src/catalog/change.ts'
import type { QualifiedName } from '../../src/catalog/names.ts'
import type { Column } from '../../src/catalog/table.ts'

/** The columns that a change makes, with their table; null where it makes none. */
export function newColumns(
  change: Change,
): { readonly table: QualifiedName; readonly columns: readonly Column[] } | null {
  if (change.kind === 'AddColumn') return { table: change.table, columns: [change.definition] }
  return change.kind === 'CreateTable'
    ? { table: change.table, columns: change.definition.columns }
    : null
}
