import { descendants, findTable } from '../../catalog/catalog.ts'
import type { ChangeOf } from '../../catalog/change.ts'
import { sameName } from '../../catalog/names.ts'
import type { Table } from '../../catalog/table.ts'
import type { Effects, Session } from '../effects.ts'
import { EffectsBuilder } from './build.ts'
import { IN_TRANSACTION } from './indexes.ts'

/** ATTACH and DETACH PARTITION. */
export function partitionEffects(
  change: ChangeOf<'AttachPartition' | 'DetachPartition'>,
  session: Session,
): Effects {
  const { before: catalog, table, partition } = change
  const effects = new EffectsBuilder(catalog)
  if (change.kind === 'DetachPartition') {
    if (change.concurrently && catalog.transactionOpen) {
      return effects
        .fails(
          IN_TRANSACTION,
          'ALTER TABLE ... DETACH CONCURRENTLY cannot run inside a transaction block',
        )
        .done()
    }
    // Concurrently, the partition is locked in a second transaction, when nobody asks it any more.
    const spares = !change.concurrently && session.version !== null && session.version < 14
    return effects
      .lockOnly(table, change.concurrently ? 'ShareUpdateExclusive' : 'AccessExclusive')
      .lock(partition, spares ? 'ShareUpdateExclusive' : 'AccessExclusive')
      .done()
  }
  effects.lockOnly(table, 'ShareUpdateExclusive').lock(partition, 'AccessExclusive')
  const key = findTable(catalog, table)?.partitionKey ?? []
  if (!isBounded(findTable(catalog, partition), key)) effects.scan(partition)
  for (const other of descendants(catalog, table)) {
    if (!other.defaultPartition || !other.partitionOf || !sameName(other.partitionOf, table)) continue
    effects.lock(other, 'AccessExclusive')
    if (!isBounded(other, key)) effects.scan(other)
  }
  return effects.done()
}

/** Whether a valid CHECK on the partition key spares the scan; its bounds are taken on trust. */
function isBounded(table: Table | undefined, key: readonly string[]): boolean {
  return (table?.constraints ?? []).some(
    (constraint) =>
      constraint.type === 'check' &&
      constraint.valid &&
      key.length > 0 &&
      key.every((column) => constraint.expression.columns.includes(column)),
  )
}
