import { type Catalog, findTable, referencesTo } from './catalog.ts'
import type { WriteRows } from './change/others.ts'
import type { ForeignKeyConstraint, PendingEvents, Table } from './table.ts'
import { updateTable } from './apply/update.ts'

/** Whether foreign keys of a table still have rows of this transaction to check, and of which. */
export function hasPendingEvents(
  catalog: Catalog,
  table: Table | undefined,
): PendingEvents['rows'] | null {
  const pending = table?.pendingEvents
  if (!pending || !catalog.transactionOpen) return null
  return pending.transaction === catalog.transaction && pending.checks === (catalog.checks ?? 0)
    ? pending.rows
    : null
}

/** The catalog after a write whose deferred foreign keys are checked when the transaction ends. */
export function deferChecks(catalog: Catalog, change: WriteRows): Catalog {
  const table = findTable(catalog, change.table)
  if (!catalog.transactionOpen || !table || !waits(catalog, table, change)) return catalog
  const isEvery = change.everyRow || change.command === 'insert' || change.command === 'copy'
  const rows = isEvery || hasPendingEvents(catalog, table) === 'every row' ? 'every row' : 'some'
  return updateTable(catalog, table, (written) => ({
    ...written,
    pendingEvents: { transaction: catalog.transaction, checks: catalog.checks ?? 0, rows },
  }))
}

function waits(catalog: Catalog, table: Table, { command, sets }: WriteRows): boolean {
  const own = table.constraints.filter(
    (key): key is ForeignKeyConstraint => key.type === 'foreign key' && isDeferred(catalog, key),
  )
  const isSet = (column: string) => sets.some((set) => set.column === column && !set.toNull)
  // Rows that came in this transaction are checked whatever of them is changed.
  const isFresh = table.filledIn === catalog.deployment
  if (command !== 'delete' && command !== 'update') return own.length > 0
  if (command === 'update' && own.some(({ columns }) => isFresh || columns.some(isSet))) return true
  return referencesTo(catalog, table).some(
    ({ key }) =>
      isDeferred(catalog, key) &&
      (command === 'delete' ? key.onDelete : key.onUpdate) === 'no action' &&
      (command === 'delete' || key.referencedColumns.some(isSet)),
  )
}

function isDeferred({ constraintsDeferred }: Catalog, key: ForeignKeyConstraint): boolean {
  if (key.deferrable === undefined || !key.enforced) return false
  return constraintsDeferred ?? key.deferrable === 'deferred'
}

/** SET CONSTRAINTS: what waits is checked at once, or from now on everything that can wait does. */
export function setConstraints(catalog: Catalog, values: readonly string[]): Catalog {
  const [mode, ...names] = values
  if (mode === 'immediate') {
    const checked = { ...catalog, checks: (catalog.checks ?? 0) + 1 }
    return names.length > 0 ? checked : { ...checked, constraintsDeferred: false }
  }
  return names.length > 0 ? catalog : { ...catalog, constraintsDeferred: true }
}
