import type { Change, ChangeOf } from '../../../../catalog/change.ts'
import { type QualifiedName, nameKey, sameName } from '../../../../catalog/names.ts'
import type { DataType } from '../../../../catalog/type.ts'

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
  if (old === undefined || created === undefined || takesColumns(dropped)) return changes
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
  const members: ReadonlySet<Change> = new Set([
    ...pairs.flatMap(({ first, second }) => [first, second]),
    dropped,
    created,
  ])
  // Columns need not come back in the order in which they went.
  const parts = changes.filter((change) => members.has(change))
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
    change === last ? [folded] : members.has(change) ? [] : [change],
  )
}

/** CASCADE takes the columns that were not turned into text: that is a loss, and no idiom. */
function takesColumns({ type, before }: ChangeOf<'DropType'>): boolean {
  return [...before.tables.values()].some((table) =>
    table.columns.some((column) => isOf(column.type, type)),
  )
}

function retypings(changes: readonly Change[]): readonly ChangeOf<'AlterColumnType'>[] {
  return changes.filter((change) => change.kind === 'AlterColumnType')
}

function isOf(type: DataType | null, name: QualifiedName): boolean {
  return type !== null && type.schema === name.schema && type.name === name.name
}
