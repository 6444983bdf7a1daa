import { findTable } from '../../../../catalog/catalog.ts'
import type { Change, ChangeOf } from '../../../../catalog/change.ts'
import { nameKey } from '../../../../catalog/names.ts'
import { type ForeignKeyConstraint, findConstraint } from '../../../../catalog/table.ts'

type Dropped = ChangeOf<'DropConstraint'>
type Added = ChangeOf<'AddForeignKey'>

/**
 * A foreign key dropped and added again for the same columns: what drizzle-kit writes for another
 * ON DELETE or ON UPDATE. One change, with ACCESS EXCLUSIVE held on both tables while it is checked.
 */
export function foldForeignKeys(changes: readonly Change[]): readonly Change[] {
  const result: (Change | null)[] = [...changes]
  /** Where keys were dropped that have not come back, the latest last. */
  const dropped = new Map<string, number[]>()
  for (const [position, change] of changes.entries()) {
    if (change.kind === 'DropConstraint') {
      const key = droppedKey(change)
      if (key === null) continue
      const term = termOf(change, key)
      const positions = dropped.get(term)
      if (positions) positions.push(position)
      else dropped.set(term, [position])
    }
    if (change.kind !== 'AddForeignKey') continue
    const earlier = dropped.get(termOf(change, change.key))?.pop()
    const first = earlier === undefined ? undefined : changes[earlier]
    if (earlier === undefined || first?.kind !== 'DropConstraint') continue
    result[earlier] = null
    result[position] = folded(first, change)
  }
  return result.filter((change) => change !== null)
}

function droppedKey({ before, table, constraint }: Dropped): ForeignKeyConstraint | null {
  const key = findConstraint(findTable(before, table), constraint)
  return key?.type === 'foreign key' ? key : null
}

/** What a key has in common with the one that takes its place, in the same transaction. */
function termOf({ before, table }: Dropped | Added, key: ForeignKeyConstraint): string {
  const { columns, references } = key
  return [before.transaction, nameKey(table), columns.join(), nameKey(references)].join('\n')
}

function folded(dropped: Dropped, added: Added): ChangeOf<'AlterForeignKey'> {
  return {
    kind: 'AlterForeignKey',
    table: added.table,
    constraint: added.constraint,
    from: droppedKey(dropped) ?? added.key,
    key: added.key,
    before: dropped.before,
    after: added.after,
    origin: dropped.origin,
    folded: [dropped, added],
  }
}
