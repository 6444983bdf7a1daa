import type { Change, ChangeKind, ChangeOf } from '../../../catalog/change.ts'
import { isNewTable } from '../../../catalog/newness.ts'
import { NOTHING, type Reversal } from '../../reversal.ts'
import { columns } from './columns.ts'
import { constraints } from './constraints.ts'
import { others } from './others.ts'
import { tables } from './tables.ts'

const REVERSALS: { readonly [K in ChangeKind]: (change: ChangeOf<K>) => Reversal } = {
  ...tables,
  ...columns,
  ...constraints,
  ...others,
}

/** How PostgreSQL undoes a change. */
export function reversalOf(change: Change): Reversal {
  return isUndoneWithItsTable(change)
    ? NOTHING
    : (REVERSALS[change.kind] as (change: Change) => Reversal)(change)
}

/**
 * What stands on a table of the same deployment goes when that is dropped; a foreign key, though, may
 * keep the table that it points at from being dropped first. What a new column brings goes with it.
 */
function isUndoneWithItsTable(change: Change): boolean {
  if ('withColumn' in change && change.withColumn !== null) return true
  if (change.kind === 'CreateTable' || change.kind === 'AddForeignKey') return false
  const { table = null } = change as { table?: Parameters<typeof isNewTable>[1] | null }
  return table !== null && isNewTable(change.before, table)
}
