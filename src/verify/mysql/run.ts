import type { Unit } from '../plan.ts'
import type { RunOptions, RunOutcome, UnitTrace } from '../run.ts'
import { ScratchLost } from '../scratch.ts'
import type { StatementError } from '../trace/client.ts'
import { NO_FOOTPRINT } from '../trace/difference.ts'
import { type Probed, runProbed } from './probe.ts'
import type { Session } from './scratchDatabases.ts'

/** The names of the tables that are there. */
export async function tablesOf({ client }: Session): Promise<ReadonlySet<string>> {
  const { rows } = await client.query(
    'select table_name as name from information_schema.tables where table_schema = database()',
  )
  return new Set(rows.map(({ name }) => String(name)))
}

/**
 * Runs pending migrations as drizzle-orm does: in a transaction that every DDL statement ends.
 *
 * @param before - the tables that hold rows, where they are not those that are there now
 * @throws ScratchLost where the server is gone before the first unit
 */
export async function runOnMysql(
  session: Session,
  units: readonly Unit[],
  { span, without }: Pick<RunOptions, 'span' | 'without'>,
  before?: ReadonlySet<string>,
): Promise<RunOutcome> {
  const traces = new Map<number, UnitTrace>()
  const start = before ?? (await tablesOf(session))
  const ended = (failed: RunOutcome['failed'], lost: RunOutcome['lost'] = null): RunOutcome => ({
    traces,
    failed,
    stays: true,
    lost,
  })
  if (span !== 'none') await session.attempt('begin')
  let last: Unit | null = null
  try {
    for (const unit of units) {
      if (without.has(unit.at)) continue
      last = unit
      const probed = await runProbed(session, unit.sql)
      if (probed.error) return await refused(session, unit, probed.error, ended)
      traces.set(unit.at, traceOf(unit, probed, start))
    }
    const error = await session.attempt('commit')
    if (error && last) return await refused(session, last, error, ended)
    return ended(null)
  } catch (error) {
    if (!(error instanceof ScratchLost) || last === null) throw error
    return ended(null, { unit: last, error })
  }
}

async function refused(
  session: Session,
  unit: Unit,
  error: StatementError,
  ended: (failed: RunOutcome['failed']) => RunOutcome,
): Promise<RunOutcome> {
  await session.attempt('rollback')
  return ended({ unit, error })
}

/** Every DDL statement is a transaction of its own. */
function traceOf(
  { at }: Unit,
  { table, way, waits }: Probed,
  start: ReadonlySet<string>,
): UnitTrace {
  const common = { ...NO_FOOTPRINT, transaction: at, inBlock: false }
  if (table === null || way === null) return { ...common, unseen: true }
  const name = { schema: '', name: table }
  const isOld = start.has(table)
  const told =
    waits && isOld ? [{ relation: name, keepsOut: 'writers', mode: 'SHARED' } as const] : []
  const copied = way === 'copy' && isOld ? [table] : []
  return {
    ...common,
    told,
    // Whether it was stored anew, or only an index of it built, the server tells nobody.
    unseen: way === 'in place',
    rewritten: copied,
    scanned: copied,
    names: { [table]: name },
  }
}
