import type { Change, ChangeOf } from '../../../catalog/change.ts'
import { type QualifiedName, nameKey, sameName } from '../../../catalog/names.ts'
import type { DataType } from '../../../catalog/type.ts'

/**
 * An enum made anew by way of text, as drizzle-kit does to remove, rename or reorder its values:
 * columns to text, DROP TYPE, CREATE TYPE, columns back with USING. One change, two rewrites.
 */
export function foldRecreatedEnums(changes: readonly Change[]): readonly Change[] {
  let result = changes
  for (const dropped of changes) {
    if (dropped.kind === 'DropType') result = foldOne(result, dropped)
  }
  return result
}

function foldOne(changes: readonly Change[], dropped: ChangeOf<'DropType'>): readonly Change[] {
  const { type } = dropped
  const old = dropped.before.enums.get(nameKey(type))
  const dropAt = changes.indexOf(dropped)
  const created = changes.find(
    (change, position): change is ChangeOf<'CreateEnum'> =>
      position > dropAt && change.kind === 'CreateEnum' && sameName(change.type, type),
  )
  if (old === undefined || created === undefined) return changes
  const createAt = changes.indexOf(created)
  const away = retypings(changes.slice(0, dropAt)).filter((change) => isOf(change.from, type))
  const back = retypings(changes.slice(createAt)).filter((change) => isOf(change.to, type))
  const pairs = away.flatMap((first) => {
    const second = back.find(
      (change) => sameName(change.table, first.table) && change.column === first.column,
    )
    return second ? [{ first, second }] : []
  })
  const [start] = pairs
  if (start === undefined) return changes
  const parts: Change[] = [
    ...pairs.map((pair) => pair.first),
    dropped,
    created,
    ...pairs.map((pair) => pair.second),
  ]
  const last = parts.at(-1) ?? created
  const folded: ChangeOf<'RecreateEnum'> = {
    kind: 'RecreateEnum',
    type,
    from: old.labels,
    labels: created.labels,
    columns: pairs.map(({ first }) => ({ table: first.table, column: first.column })),
    before: start.first.before,
    after: last.after,
    origin: start.first.origin,
    folded: parts,
  }
  return changes.flatMap((change) =>
    change === last ? [folded] : parts.includes(change) ? [] : [change],
  )
}

function retypings(changes: readonly Change[]): readonly ChangeOf<'AlterColumnType'>[] {
  return changes.filter((change) => change.kind === 'AlterColumnType')
}

function isOf(type: DataType | null, name: QualifiedName): boolean {
  return type !== null && type.schema === name.schema && type.name === name.name
}
