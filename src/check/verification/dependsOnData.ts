import type { Change } from '../../catalog/change.ts'
import type { Engine } from '../../dialects/dialect.ts'
import type { Session } from '../../dialects/effects.ts'
import { queryForRows } from '../../lint/rowFailure.ts'
import type { Measured } from '../../verify/measure.ts'
import type { MeasuredGroup } from './measuredEngine.ts'

/** What rows are made of is not the schema's business: such a failure is one of the made-up rows. */
const WRITES = new Set<Change['kind']>(['WriteRows', 'ReadRows', 'OpaqueSql', 'Unmodelled'])

/**
 * Whether changes are about rows and not about tables: that these fail on rows that were made up says
 * little about production's.
 */
export function isOfRows(changes: readonly Change[]): boolean {
  return changes.every(({ kind, origin }) => WRITES.has(kind) || origin.guarded)
}

/** Statements about rows that failed on those that were made up, in a line each. */
export function failsOnMadeUpRows(
  { units }: Measured,
  groups: readonly MeasuredGroup[],
): readonly string[] {
  return groups.flatMap(({ changes, measured }) => {
    const error = measured.find((one) => one.error?.when === 'rows')?.error
    const [change] = changes
    if (!error || !change || !isOfRows(changes)) return []
    const { file, start } = change.origin
    const unit = units.find((one) => one.file === file && one.start <= start && start < one.end)
    return [
      `${file}: ${clipped(unit?.sql ?? '')} fails on rows that verify made up (${error.code} ${error.message}). Check whether yours can look like that; the rest was run without them.`,
    ]
  })
}

/** Where so much depends on rows that the rest was not run on such ones. */
export function notTriedOnData({ triedUpTo }: Measured): readonly string[] {
  if (triedUpTo === null) return []
  const { file, sql } = triedUpTo
  return [
    `${file}: too many statements depend on your data to try them all; those after ${clipped(sql)} were not run on rows that may break them.`,
  ]
}

/**
 * What runs on ordinary rows and fails on others, in a line each: whether production has such rows only
 * production knows, so the line has a query for it that changes nothing.
 */
export function dependsOnData(
  engine: Engine,
  session: Session,
  { units }: Measured,
  groups: readonly MeasuredGroup[],
): readonly string[] {
  return groups.flatMap(({ changes, measured }) => {
    const error = measured.find(({ adverse }) => adverse !== null)?.adverse
    const change =
      changes.find((one) =>
        engine.effects(one, session).errors.some(({ kind }) => kind === error?.kind),
      ) ?? changes.at(-1)
    if (!error || !change || isOfRows([change])) return []
    const { file, start, end } = change.origin
    const unit = units.find((one) => one.file === file && one.start <= start && start < one.end)
    if (unit === undefined) return []
    const sql = unit.sql.slice(start - unit.start, end - unit.start)
    const query = queryForRows(change, error.kind, sql)
    const ask = query === null ? '' : ` Check production (read-only): ${query}`
    return [
      `${file} depends on your data: ${clipped(sql)} runs on ordinary rows but fails on others (${error.code} ${error.message}).${ask}`,
    ]
  })
}

const LONGEST = 60

function clipped(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
