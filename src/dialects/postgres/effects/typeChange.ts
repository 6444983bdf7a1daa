import { castPath } from './casts.ts'
import { isAtUtc, keepsStoredValues } from './typeFree.ts'
import type { SqlState } from './sqlStates.ts'
import { HARMLESS, type ValueHazards } from './typeHazards.ts'
import { keepsIndexes } from './typeIndex.ts'
import { type PgType, isUnknown } from './typeModel.ts'
import { serverTypeName } from './typeName.ts'
import { valueHazards } from './typeValues.ts'

export type { PgType } from './typeModel.ts'
export { defaultConverts } from './casts.ts'

/** The USING clause of ALTER COLUMN … TYPE. */
export type UsingExpression =
  /** `USING c::type` and nothing else, or by way of others: `c::text::type`. */
  | { readonly kind: 'cast'; readonly to: PgType; readonly through?: readonly PgType[] }
  /** `USING c`. */
  | { readonly kind: 'column' }
  | { readonly kind: 'other' }

/** What ALTER COLUMN … TYPE costs by itself, without what stands on the column. */
export interface TypeChangeCost {
  /** The table is rewritten, with all its indexes. */
  readonly rewrite: boolean
  /** The table stays, but the indexes on the column are rebuilt, which reads it. */
  readonly rebuildsIndexes: boolean
  /** Why it cannot run at all. */
  readonly error: null | { readonly code: SqlState; readonly message: string }
  /** What rows can make it fail; null too where nothing is known of the types or the expression. */
  readonly failsOnSomeRows: null | { readonly code: SqlState; readonly message: string }
  /** What can silently happen to values. */
  readonly loses: null | 'truncates' | 'rounds'
}

/** What the answer depends on besides the types. */
export interface TypeChangeSession {
  /** null: not known, so a change between `timestamp` and `timestamptz` counts as a rewrite. */
  readonly timezone: string | null
  /** Major version; null: what holds on all of 12 to 18. */
  readonly version: number | null
}

/** A part of a value's way: one step for each cast that is written, one into the column. */
interface Step {
  readonly from: PgType
  readonly to: PgType
  readonly explicit: boolean
}

/**
 * What `ALTER TABLE t ALTER COLUMN c SET DATA TYPE <to> [USING …]` costs on PostgreSQL 12 to 18:
 * `ATPrepAlterColumnType` and `ATColumnChangeRequiresRewrite` (tablecmds.c), held against PGlite
 * for every pair of some sixty types by test/dialects/postgres/effects/typeChange.test.ts.
 *
 * @param using null without a USING clause.
 * @returns the cost; a type of an extension (`unknown`) that becomes another is a rewrite.
 */
export function typeChangeCost(
  from: PgType,
  to: PgType,
  using: UsingExpression | null,
  session: TypeChangeSession,
): TypeChangeCost {
  if (using?.kind === 'other') return { ...UNTOUCHED, rewrite: true }
  const steps = stepsOf(from, to, using)
  for (const step of steps) {
    const error = castError(step, using, session.version)
    if (error !== null) return { ...UNTOUCHED, error }
  }
  const circumstances = { atUtc: isAtUtc(session.timezone), version: session.version }
  const kept = steps.every((step) => keepsStoredValues(step.from, step.to, circumstances))
  const { fails, loses } = hazardsOf(from, to, steps)
  return {
    rewrite: !kept,
    rebuildsIndexes: kept && !keepsIndexes(from, to),
    error: null,
    failsOnSomeRows: fails,
    loses,
  }
}

const UNTOUCHED: TypeChangeCost = {
  rewrite: false,
  rebuildsIndexes: false,
  error: null,
  failsOnSomeRows: null,
  loses: null,
}

function stepsOf(from: PgType, to: PgType, using: UsingExpression | null): readonly Step[] {
  const written = using?.kind === 'cast' ? [...(using.through ?? []), using.to] : []
  const types = [from, ...written, to]
  return types.slice(1).map((next, position) => ({
    from: types[position] ?? from,
    to: next,
    explicit: position < written.length,
  }))
}

function castError(
  { from, to, explicit }: Step,
  using: UsingExpression | null,
  version: number | null,
): TypeChangeCost['error'] {
  if (isUnknown(from) || isUnknown(to)) return null
  if (castPath(from, to, explicit ? 'explicit' : 'assignment', version) !== null) return null
  const source = serverTypeName(from, false)
  const target = serverTypeName(to, false)
  if (explicit) return { code: '42846', message: `cannot cast type ${source} to ${target}` }
  const what = using === null ? 'column' : 'result of USING clause'
  const possible = castPath(from, to, 'explicit', version) !== null
  const hint = possible
    ? `it needs USING …::${serverTypeName(to, true)}`
    : `and there is no cast from ${source}`
  const message = `${what} cannot be cast automatically to type ${target} (${hint})`
  return { code: '42804', message }
}

function hazardsOf(from: PgType, to: PgType, steps: readonly Step[]): ValueHazards {
  const all = steps.map((step) => valueHazards(step.from, step.to, step.explicit))
  const [first = HARMLESS] = all
  const harmless = first.fails === null && first.loses === null
  if (steps.length === 1 || (harmless && isDetour(from, to))) return first
  return {
    fails: all.find(({ fails }) => fails !== null)?.fails ?? null,
    loses: all.find(({ loses }) => loses !== null)?.loses ?? null,
  }
}

/** A detour, `varchar(10)` by way of text into `varchar(20)`, adds nothing to fail on. */
function isDetour(from: PgType, to: PgType): boolean {
  const { fails, loses } = valueHazards(from, to, false)
  return fails === null && loses === null && castPath(from, to, 'assignment', null) !== null
}
