import type { Change, ChangeOf } from '../../../../catalog/change.ts'
import { type EnumType, columnsOfType } from '../../../../catalog/catalog.ts'
import { type QualifiedName, nameKey } from '../../../../catalog/names.ts'

/**
 * An enum recreated by way of text, as drizzle-kit does to remove, rename or reorder its values:
 * columns to text, DROP TYPE, CREATE TYPE, columns back with USING. One change, two rewrites.
 */
export function foldRecreatedEnums(changes: readonly Change[]): readonly Change[] {
  if (!changes.some(({ kind }) => kind === 'DropType')) return changes
  const steps = stepsByType(changes)
  /** What stands in a change's place: the folded one for its last part, nothing for the others. */
  const places = new Map<Change, readonly Change[]>()
  for (const [position, dropped] of changes.entries()) {
    if (dropped.kind !== 'DropType') continue
    const own = steps.get(nameKey(dropped.type))
    const parts = own ? partsOf(dropped, position, own, places) : null
    if (parts === null) continue
    for (const part of parts.all) places.set(part, [])
    places.set(parts.last, [recreation(dropped, parts)])
  }
  return places.size === 0 ? changes : changes.flatMap((change) => places.get(change) ?? [change])
}

interface Step<C extends Change> {
  readonly at: number
  readonly change: C
}
type Retyping = Step<ChangeOf<'AlterColumnType'>>

/** What happens to one type, in order. */
interface Steps {
  readonly created: Step<ChangeOf<'CreateEnum'>>[]
  readonly away: Retyping[]
  readonly back: Retyping[]
}

function stepsByType(changes: readonly Change[]): ReadonlyMap<string, Steps> {
  const steps = new Map<string, Steps>()
  const of = ({ schema, name }: QualifiedName): Steps => {
    const key = nameKey({ schema, name })
    const own = steps.get(key) ?? { created: [], away: [], back: [] }
    steps.set(key, own)
    return own
  }
  for (const [at, change] of changes.entries()) {
    if (change.kind === 'CreateEnum') of(change.type).created.push({ at, change })
    if (change.kind !== 'AlterColumnType') continue
    const { from, to } = change
    if (from !== null && from.schema !== null) {
      of({ schema: from.schema, name: from.name }).away.push({ at, change })
    }
    if (to.schema !== null) of({ schema: to.schema, name: to.name }).back.push({ at, change })
  }
  return steps
}

interface Parts {
  /** As they stand in the deployment. */
  readonly all: readonly Change[]
  readonly last: Change
  readonly created: ChangeOf<'CreateEnum'>
  readonly away: readonly ChangeOf<'AlterColumnType'>[]
  readonly old: EnumType
}

function partsOf(
  dropped: ChangeOf<'DropType'>,
  dropAt: number,
  steps: Steps,
  taken: ReadonlyMap<Change, unknown>,
): Parts | null {
  const { type, before } = dropped
  const old = before.enums.get(nameKey(type))
  const created = steps.created.find(({ at, change }) => at > dropAt && !taken.has(change))
  // CASCADE takes the columns that were not turned into text: that is a loss, and no idiom.
  if (old === undefined || created === undefined || columnsOfType(before, type).length > 0)
    return null
  const back = new Map<string, Retyping>()
  for (const step of steps.back) {
    const key = columnKey(step)
    if (step.at > created.at && !taken.has(step.change) && !back.has(key)) back.set(key, step)
  }
  const pairs = steps.away.flatMap((first) => {
    const second = back.get(columnKey(first))
    return second && first.at < dropAt && !taken.has(first.change) ? [{ first, second }] : []
  })
  if (pairs.length === 0) return null
  const members: readonly Step<Change>[] = [
    ...pairs.flatMap(({ first, second }) => [first, second]),
    { at: dropAt, change: dropped },
    created,
  ]
  // Columns need not come back in the order in which they went.
  const all = [...new Set(members.toSorted((a, b) => a.at - b.at).map(({ change }) => change))]
  const last = all.at(-1) ?? created.change
  const away = pairs.map(({ first }) => first.change)
  return { all, last, created: created.change, away, old }
}

function columnKey({ change: { table, column } }: Retyping): string {
  return `${nameKey(table)}\n${column}`
}

function recreation(
  { type }: ChangeOf<'DropType'>,
  { all, last, created, away, old }: Parts,
): ChangeOf<'RecreateEnum'> {
  const [start = last] = away
  return {
    kind: 'RecreateEnum',
    type,
    from: old.labels,
    labels: created.labels,
    columns: away.map(({ table, column }) => ({ table, column })),
    before: start.before,
    after: last.after,
    origin: start.origin,
    folded: all,
  }
}
