import type { Unit } from '../plan.ts'

/** A deployment that stopped at a unit, in a database that the next pass can go on with. */
export interface Paused {
  /** What the database is a copy of. */
  readonly filled: string
  readonly copy: string
  /** The number of the unit that was refused. */
  readonly failed: number
  /** Units that were left out. */
  readonly without: readonly number[]
  /** The tables that were there before the first unit. */
  readonly start: ReadonlySet<string>
}

/** Statements that commit, and leave nothing in the session. */
const COMMITS =
  /^\s*(?:(?:create|drop)\s+(?:or\s+replace\s+)?(?:unique\s+|fulltext\s+|spatial\s+)?(?:table|index|view)|alter\s+table|rename\s+table)\b/i

/** Of these, the ones that are done whole or not at all, on every version. */
const WHOLE = /^\s*(?:alter\s+table|create\s+(?:unique\s+|fulltext\s+|spatial\s+)?index)\b/i

/** Whether a statement changes the schema alone. */
export function isOfSchema({ sql }: Unit): boolean {
  return COMMITS.test(sql)
}

/**
 * Whether a pass without the unit that was refused would come to where the database stands now: each
 * statement before it is committed, and it has changed nothing.
 */
export function mayGoOn(
  units: readonly Unit[],
  failed: Unit,
  without: ReadonlySet<number>,
): boolean {
  const ran = units.filter(({ at }) => at < failed.at && !without.has(at))
  return WHOLE.test(failed.sql) && ran.every(isOfSchema)
}

/** Whether a pass is that pass. */
export function isNext(
  paused: Paused | null,
  filled: string,
  without: ReadonlySet<number>,
): boolean {
  if (paused?.filled !== filled || without.size !== paused.without.length + 1) return false
  return [...paused.without, paused.failed].every((at) => without.has(at))
}
