import type { Change } from '../../catalog/change.ts'
import { type QualifiedName, displayName } from '../../catalog/names.ts'
import type { Engine } from '../../dialects/dialect.ts'
import {
  type Effects,
  type Lock,
  type Loss,
  type RunError,
  type Session,
  keepsOut,
} from '../../dialects/effects.ts'
import type { ReplayedDeployment } from '../../lint/judge.ts'
import type { Measured } from '../../verify/measure.ts'
import type { UnitEffects } from '../../verify/unitEffects.ts'

/** A stretch of SQL that ran at once, with the changes it makes and what it was measured to do. */
export interface MeasuredGroup {
  readonly changes: readonly Change[]
  /** The numbers of its units. */
  readonly units: ReadonlySet<number>
  /** Of all its units, in order. */
  readonly measured: readonly UnitEffects[]
  /** Tables without rows, of which reading says nothing. */
  readonly empty: ReadonlySet<string>
}

/**
 * Brings the changes of a deployment together with the units in which they ran. Changes that ran at
 * once, and the parts of a folded one, cannot be told apart by what was measured.
 */
export function groupsOf(
  { changes }: Pick<ReplayedDeployment, 'changes'>,
  { units, empty }: Measured,
  effects: ReadonlyMap<number, UnitEffects>,
): readonly MeasuredGroup[] {
  const unitAt = new Map(
    units.flatMap(({ at, file, statements }) =>
      statements.map((start): [string, number] => [`${file}\0${start}`, at]),
    ),
  )
  const unitOf = ({ origin: { file, start } }: Change): number | undefined =>
    unitAt.get(`${file}\0${start}`) ??
    units.find((unit) => unit.file === file && unit.start <= start && start < unit.end)?.at
  const groups: { changes: Change[]; units: Set<number> }[] = []
  for (const change of changes) {
    const parts = change.folded.length > 0 ? change.folded : [change]
    const own = new Set(parts.flatMap((part) => unitOf(part) ?? []))
    const same = groups.filter((group) => [...own].some((at) => group.units.has(at)))
    const [first, ...others] = same
    if (first === undefined) {
      groups.push({ changes: [change], units: own })
      continue
    }
    for (const other of others) {
      first.changes.push(...other.changes)
      for (const at of other.units) first.units.add(at)
      groups.splice(groups.indexOf(other), 1)
    }
    first.changes.push(change)
    for (const at of own) first.units.add(at)
  }
  return groups.flatMap((group) => {
    const measured = [...group.units].sort((a, b) => a - b).map((at) => effects.get(at))
    // What was not run in full was not measured.
    return measured.length > 0 && measured.every((one) => one !== undefined)
      ? [{ changes: group.changes, units: group.units, measured, empty }]
      : []
  })
}

/**
 * What the server that ran the changes takes, and the one in production does not, as far as its version
 * is known: changes with their errors.
 *
 * @param version - the major version that ran them
 */
export function refusedElsewhere(
  engine: Engine,
  session: Session,
  version: number,
  groups: readonly MeasuredGroup[],
): ReadonlyMap<Change, readonly RunError[]> {
  const refused = new Map<Change, readonly RunError[]>()
  for (const change of groups.flatMap(({ changes }) => changes)) {
    const here = engine.effects(change, { ...session, version }).errors
    const errors = engine
      .effects(change, session)
      .errors.filter(
        ({ code, when }) => when === 'always' && !here.some((one) => one.code === code),
      )
    if (errors.length > 0) refused.set(change, errors)
  }
  return refused
}

/**
 * The engine of a dialect, which for changes that were run says what they did in place of what it
 * thinks they do.
 *
 * @param refused - see `refusedElsewhere`
 */
export function measuredEngine(
  engine: Engine,
  session: Session,
  groups: readonly MeasuredGroup[],
  refused: ReadonlyMap<Change, readonly RunError[]>,
): Engine {
  const known = new Map<Change, Effects>()
  for (const group of groups) {
    const told = group.changes.map((change) => engine.effects(change, session))
    group.changes.forEach((change, i) => {
      known.set(change, effectsOf(group, told, i, refused.get(change) ?? []))
    })
  }
  return { ...engine, effects: (change, own) => known.get(change) ?? engine.effects(change, own) }
}

/** The same where nothing was measured at all: what rules still find then, they find in the text. */
export function idleEngine(engine: Engine, groups: readonly MeasuredGroup[]): Engine {
  const measured = new Set(groups.flatMap(({ changes }) => changes))
  const looked = new Set(groups.flatMap((group) => (hasLooked(group) ? group.changes : [])))
  return {
    ...engine,
    effects(change, session) {
      const effects = engine.effects(change, session)
      return measured.has(change)
        ? {
            ...effects,
            locks: [],
            rewrites: [],
            scans: [],
            builds: [],
            errors: [],
            losses: effects.losses.filter((loss) => !looked.has(change) || !isCounted(loss)),
          }
        : effects
    },
  }
}

function effectsOf(
  { changes, measured, empty }: MeasuredGroup,
  told: readonly Effects[],
  i: number,
  refused: readonly RunError[],
): Effects {
  const own = told[i]!
  const isLast = i === changes.length - 1
  const isUnseen = measured.some(({ unseen }) => unseen)
  const part = (of: (effects: Pick<Effects, Part>) => readonly QualifiedName[]) => {
    if (isUnseen) return of(own)
    const did = byName(measured.flatMap((one) => of(one)))
    const mine = byName(of(own))
    const claimed = new Set(told.flatMap((effects) => of(effects).map(displayName)))
    const kept = [...mine].filter(([name]) => did.has(name) || empty.has(name))
    const more = isLast ? [...did].filter(([name]) => !claimed.has(name)) : []
    return [...kept, ...more].map(([, name]) => name)
  }
  const error = measured.find((one) => one.error !== null)?.error ?? null
  const expected = own.errors.find(({ kind }) => kind === error?.kind)
  const isBlamed =
    error !== null &&
    (expected !== undefined ||
      (isLast && !told.some(({ errors }) => errors.some(({ kind }) => kind === error.kind))))
  return {
    locks: locksOf(measured, told, i, isLast),
    rewrites: part(({ rewrites }) => rewrites),
    scans: part(({ scans }) => scans),
    builds: part(({ builds }) => builds),
    errors: [
      ...(isBlamed ? [{ ...error, detail: expected?.detail ?? null }] : []),
      ...refused,
      ...own.errors.filter(({ when, kind }) => when === 'some-rows' && kind !== error?.kind),
    ],
    losses: lossesOf(own, changes, measured, empty, isLast),
    unless: null,
  }
}

/** What counting rows shows. */
function isCounted({ why }: Loss): boolean {
  return why === 'cascaded' || why === 'set null'
}

/** Whether rows were counted. */
export function hasLooked({ measured }: Pick<MeasuredGroup, 'measured'>): boolean {
  return measured.every(({ losses, error }) => losses !== null && error === null)
}

/** Rows that vanished, as they were counted; the rest, and what nobody counted, as it is told. */
function lossesOf(
  own: Effects,
  changes: readonly Change[],
  measured: readonly UnitEffects[],
  empty: ReadonlySet<string>,
  isLast: boolean,
): readonly Loss[] {
  if (!hasLooked({ measured })) return own.losses
  const seen = measured.flatMap(({ losses }) => losses ?? [])
  const isSeen = (loss: Loss) => seen.some((one) => isSameLoss(one, loss))
  const kept = own.losses.filter(
    (loss) => !isCounted(loss) || isSeen(loss) || empty.has(displayName(loss.table)),
  )
  if (!isLast || changes.some(({ kind }) => kind === 'WriteRows')) return kept
  return [...kept, ...seen.filter((loss) => !kept.some((one) => isSameLoss(one, loss)))]
}

/** Rows that are gone had no column emptied: of one table the one is seen or the other. */
export function isSameLoss(a: Loss, b: Loss): boolean {
  return a.why === b.why && displayName(a.table) === displayName(b.table)
}

type Part = 'rewrites' | 'scans' | 'builds'

function byName(names: readonly QualifiedName[]): Map<string, QualifiedName> {
  return new Map(names.map((name) => [displayName(name), name]))
}

/** Locks as they were seen; where nobody could look, as they are told. */
function locksOf(
  measured: readonly UnitEffects[],
  told: readonly Effects[],
  i: number,
  isLast: boolean,
): readonly Lock[] {
  const own = told[i]!.locks
  if (measured.some(({ locks, error }) => locks === null || error !== null)) return own
  const held = new Map(measured.flatMap((one) => [...one.held]))
  const kept = own.flatMap((lock): Lock[] => {
    const seen = held.get(displayName(lock.relation))
    if (seen === undefined) return []
    return [keepsOut(seen, lock.keepsOut) ? lock : seen]
  })
  if (!isLast) return kept
  const claims = told.flatMap(({ locks }) => locks)
  const more = measured
    .flatMap(({ locks }) => locks ?? [])
    .filter(
      (seen) =>
        !claims.some(
          (claim) =>
            displayName(claim.relation) === displayName(seen.relation) &&
            keepsOut(claim, seen.keepsOut),
        ),
    )
  return [...kept, ...more]
}
