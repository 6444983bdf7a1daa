import { findIndex } from '../../../catalog/catalog.ts'
import type { Change, ChangeOf } from '../../../catalog/change.ts'
import { sameName } from '../../../catalog/names.ts'
import type { Index } from '../../../catalog/table.ts'

/**
 * An index dropped and made again as it was, which drizzle-kit writes around `ALTER COLUMN` for libSQL,
 * or so that the old one has kept the new one's duplicates away: nothing comes of it.
 */
export function foldRecreatedIndexes(changes: readonly Change[]): readonly Change[] {
  const result: (Change | null)[] = [...changes]
  for (const [position, made] of changes.entries()) {
    if (made.kind !== 'CreateIndex') continue
    const earlier = result.slice(0, position).findLastIndex((change) => isDrop(change, made))
    const dropped = result[earlier]
    if (!dropped) continue
    result[earlier] = null
    result[position] = {
      kind: 'Harmless',
      command: 'CREATE INDEX',
      table: null,
      before: dropped.before,
      after: made.after,
      origin: dropped.origin,
      folded: [dropped, made],
    }
  }
  return result.filter((change) => change !== null)
}

function isDrop(change: Change | null, made: ChangeOf<'CreateIndex'>): boolean {
  if (change?.kind !== 'DropIndex') return false
  const found = findIndex(change.before, change.index)
  if (found === undefined || !sameName(found.on, made.table)) return false
  return isSameIndex(found.index, made.index) || provesUnique(found.index, made.index)
}

/** Whether no two rows can have the same key of one index, as long as the other one has been there. */
export function provesUnique(old: Index, made: Index): boolean {
  const { predicate } = old
  const holdsAll =
    predicate === null ||
    (predicate.onlyNotNull && predicate.provesNotNull.every((name) => old.columns.includes(name)))
  return (
    old.unique &&
    made.unique &&
    holdsAll &&
    old.columns.every((column) => column !== null && made.columns.includes(column))
  )
}

/** Whether two indexes keep the same things in the same order. */
export function isSameIndex(a: Index, b: Index): boolean {
  const shape = ({ unique, columns, expressionColumns, predicate }: Index) =>
    JSON.stringify([unique, columns, expressionColumns, predicate?.form])
  return shape(a) === shape(b)
}
