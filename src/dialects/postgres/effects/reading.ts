import { type Catalog, referencesTo } from '../../../catalog/catalog.ts'
import type { WriteRows } from '../../../catalog/change/others.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { type ForeignKeyConstraint, type Table, findColumn } from '../../../catalog/table.ts'

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
  if (findsNothing(table, change, version)) return false
  return !(table?.indexes ?? []).some((index) => {
    const [leading] = index.columns
    return (
      index.predicate === null && typeof leading === 'string' && change.keyedBy.includes(leading)
    )
  })
}

/** Whether the planner sees that no row can be meant. */
export function findsNothing(
  table: Table | undefined,
  { onlyNull = [] }: WriteRows,
  version: number | null,
): boolean {
  return (
    version !== null && version >= 17 && onlyNull.some((name) => findColumn(table, name)?.notNull)
  )
}

/** A table that a foreign key concerns in a write of the table it points at. */
export interface Child {
  readonly table: QualifiedName
  /** No index finds its rows, so that it is read from end to end for every row that is written. */
  readonly isRead: boolean
  /** CASCADE, SET NULL or SET DEFAULT writes its rows. */
  readonly isWritten: boolean
}

/** What a write does by way of foreign keys, all levels down. */
export function childrenOf(
  catalog: Catalog,
  { table, command, sets }: Pick<WriteRows, 'table' | 'command' | 'sets'>,
): readonly Child[] {
  if (command !== 'delete' && command !== 'update') return []
  const found: Child[] = []
  const seen = new Set<ForeignKeyConstraint>()
  const waiting = [
    { table, columns: command === 'delete' ? null : sets.map(({ column }) => column) },
  ]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { columns } = next
    for (const { table: holder, key } of referencesTo(catalog, next.table)) {
      const isHit = columns === null || key.referencedColumns.some((name) => columns.includes(name))
      if (!isHit || !key.enforced || seen.has(key)) continue
      seen.add(key)
      const action = columns === null ? key.onDelete : key.onUpdate
      const isWritten = action === 'cascade' || action === 'set null' || action === 'set default'
      const child = { schema: holder.schema, name: holder.name }
      found.push({ table: child, isRead: !isFound(holder, key), isWritten })
      if (!isWritten) continue
      waiting.push({
        table: child,
        columns: columns === null && action === 'cascade' ? null : [...key.columns],
      })
    }
  }
  return found
}

function isFound({ indexes }: Table, key: ForeignKeyConstraint): boolean {
  return indexes.some(
    ({ columns, predicate }) => predicate === null && columns[0] === key.columns[0],
  )
}
