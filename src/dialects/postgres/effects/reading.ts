import type { WriteRows } from '../../../catalog/change/others.ts'
import { type Table, findColumn } from '../../../catalog/table.ts'

/**
 * Whether a write has to look at every row: it has no WHERE, or none that an index of the table
 * answers. INSERT, MERGE and COPY do not search the table they write to. From PostgreSQL 17 on the
 * planner knows that nothing in a NOT NULL column IS NULL, and looks at no row.
 *
 * @param version major version; null: the worst of 12 to 18
 */
export function readsEveryRow(
  table: Table | undefined,
  change: WriteRows,
  version: number | null,
): boolean {
  if (change.command !== 'update' && change.command !== 'delete') return false
  if (change.everyRow) return true
  const isImpossible = change.onlyNull?.some((name) => findColumn(table, name)?.notNull) === true
  if (isImpossible && version !== null && version >= 17) return false
  return !(table?.indexes ?? []).some((index) => {
    const [leading] = index.columns
    return (
      index.predicate === null && typeof leading === 'string' && change.keyedBy.includes(leading)
    )
  })
}
