import { type Catalog, descendants, findTable } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { type QualifiedName, sameName } from '../../../catalog/names.ts'
import type { Table } from '../../../catalog/table.ts'
import type { Effects, Session } from '../../effects.ts'
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
  const standing = defaultPartitionOf(catalog, table)
  if (standing !== undefined) {
    effects.lock(standing, 'AccessExclusive')
    if (!isBounded(standing, key)) effects.scan(standing)
  }
  return effects.done()
}

/** The partition that takes what no other one takes. */
export function defaultPartitionOf(catalog: Catalog, parent: QualifiedName): Table | undefined {
  return descendants(catalog, parent).find(
    (child) =>
      child.defaultPartition && child.partitionOf !== null && sameName(child.partitionOf, parent),
  )
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
