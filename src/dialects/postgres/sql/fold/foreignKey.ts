import { findTable } from '../../../../catalog/catalog.ts'
import type { Change, ChangeOf } from '../../../../catalog/change.ts'
import { sameName } from '../../../../catalog/names.ts'
import { type ForeignKeyConstraint, findConstraint } from '../../../../catalog/table.ts'

/**
 * A foreign key dropped and added again for the same columns: what drizzle-kit writes for another
 * ON DELETE or ON UPDATE. One change, with ACCESS EXCLUSIVE held on both tables while it is checked.
 */
export function foldForeignKeys(changes: readonly Change[]): readonly Change[] {
  const result: (Change | null)[] = [...changes]
  for (const [position, added] of changes.entries()) {
    if (added.kind !== 'AddForeignKey') continue
    for (let earlier = position - 1; earlier >= 0; earlier--) {
      const dropped = result[earlier]
      if (dropped?.kind !== 'DropConstraint') continue
      const key = droppedKey(dropped, added)
      if (key === null) continue
      result[earlier] = null
      result[position] = {
        kind: 'AlterForeignKey',
        table: added.table,
        constraint: added.constraint,
        from: key,
        key: added.key,
        before: dropped.before,
        after: added.after,
        origin: dropped.origin,
        folded: [dropped, added],
      }
      break
    }
  }
  return result.filter((change) => change !== null)
}

function droppedKey(
  dropped: ChangeOf<'DropConstraint'>,
  added: ChangeOf<'AddForeignKey'>,
): ForeignKeyConstraint | null {
  if (!sameName(dropped.table, added.table)) return null
  if (dropped.before.transaction !== added.before.transaction) return null
  const key = findConstraint(findTable(dropped.before, dropped.table), dropped.constraint)
  return key?.type === 'foreign key' &&
    key.columns.join() === added.key.columns.join() &&
    sameName(key.references, added.key.references)
    ? key
    : null
}
