import type { WriteRows } from '../../../catalog/change/others.ts'
import type { Table } from '../../../catalog/table.ts'

/**
 * Whether a write has to look at every row: it has no WHERE, or none that an index of the table
 * answers. INSERT, MERGE and COPY do not search the table they write to.
 */
export function readsEveryRow(table: Table | undefined, change: WriteRows): boolean {
  if (change.command !== 'update' && change.command !== 'delete') return false
  if (change.everyRow) return true
  return !(table?.indexes ?? []).some((index) => {
    const [leading] = index.columns
    return (
      index.predicate === null && typeof leading === 'string' && change.keyedBy.includes(leading)
    )
  })
}
