import { type QualifiedName, displayName } from '../catalog/names.ts'
import type { Lock, Loss, RunError } from '../dialects/effects.ts'
import { type LockMode, isAtLeast, keptOutBy } from '../dialects/postgres/lockModes.ts'
import type { Measurable } from './measurable.ts'
import type { Measured } from './measure.ts'
import type { UnitTrace } from './run.ts'
import type { StatementError } from './trace/client.ts'

/** What a unit did, in the terms in which effects are told. */
export interface UnitEffects {
  /** The locks it took or strengthened. Null: they were gone before anybody could look. */
  readonly locks: readonly Lock[] | null
  /** By name, the lock its transaction held on a relation when it was done. */
  readonly held: ReadonlyMap<string, Lock>
  /** Whether nobody could see what was rewritten, read and built. */
  readonly unseen: boolean
  readonly rewrites: readonly QualifiedName[]
  readonly scans: readonly QualifiedName[]
  readonly builds: readonly QualifiedName[]
  /** See `UnitTrace.losses`; null where nobody looked. */
  readonly losses: readonly Loss[] | null
  readonly error: RunError | null
  /** What it fails with on rows that give trouble, where it runs on ordinary ones. */
  readonly adverse: RunError | null
}

/** What was measured, unit by unit; units that were not run are missing. */
export function unitEffects(
  { units, traces, failures, adverse }: Measured,
  { kindOf }: Pick<Measurable, 'kindOf'>,
): ReadonlyMap<number, UnitEffects> {
  const toRunError = (error: StatementError, when: RunError['when']): RunError => {
    const { code, message } = error
    return { kind: kindOf(error), code, message, detail: null, when }
  }
  const effects = new Map<number, UnitEffects>()
  let held = new Map<string, Lock>()
  let transaction = -1
  for (const { at } of units) {
    const trace = traces.get(at)
    const failure = failures.get(at)
    const troubled = adverse.get(at)
    if (trace && trace.transaction !== transaction) {
      held = new Map()
      transaction = trace.transaction
    }
    const locks = trace ? (trace.told ?? locksOf(trace)) : []
    for (const lock of locks) held.set(displayName(lock.relation), lock)
    if (!trace && !failure) continue
    const named = (names: readonly string[]) => names.flatMap((name) => trace?.names[name] ?? [])
    effects.set(at, {
      locks: trace?.inBlock === false && !trace.told ? null : locks,
      unseen: trace?.unseen === true,
      held: new Map(held),
      rewrites: named(trace?.rewritten ?? []),
      scans: named(trace?.scanned ?? []),
      builds: named(trace?.builtOn ?? []),
      losses: trace?.losses ?? null,
      error: failure ? toRunError(failure.error, failure.when) : null,
      adverse: troubled ? toRunError(troubled, 'some-rows') : null,
    })
  }
  return effects
}

/** Those that others notice: what readers take keeps out nothing but ACCESS EXCLUSIVE and EXCLUSIVE. */
function locksOf({ locks, kinds, names }: UnitTrace): Lock[] {
  return Object.entries(locks).flatMap(([name, mode]): Lock[] => {
    const relation = names[name]
    const isTable = !/index|sequence/.test(kinds[name] ?? '')
    return relation && isTable && isTold(mode)
      ? [{ relation, mode, keepsOut: keptOutBy(mode) }]
      : []
  })
}

function isTold(mode: LockMode): boolean {
  return mode === 'RowExclusive' || isAtLeast(mode, 'ShareUpdateExclusive')
}
