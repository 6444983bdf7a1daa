import type { Unit } from '../plan.ts'
import type { RunOptions, RunOutcome, UnitTrace } from '../run.ts'
import { ScratchLost } from '../scratch.ts'
import type { StatementError } from '../trace/client.ts'
import { vanishedLines } from './aftermath.ts'
import { sqliteError } from './errors.ts'
import { type Loops, footprintOf, loopsOf } from './footprint.ts'
import { type Look, look } from './look.ts'
import type { RemoteDatabase } from './remote.ts'

export interface Circumstances {
  /** Whether foreign keys act when the migrator begins its transaction. */
  readonly keys: boolean
}

/** What a run has shown of rows. */
export interface SqliteOutcome extends RunOutcome {
  /** The database as the last unit that ran has left it. */
  readonly end: Look
  /** What statements made vanish from other tables, a line each. */
  readonly vanished: readonly string[]
}

const NO_LOOPS: Loops = { read: new Set(), written: new Set() }

/**
 * Runs pending migrations as Drizzle's migrators do, on a file that is open, and looks at it before and
 * after each unit.
 *
 * @throws ScratchLost where the database is lost before the first unit
 */
export async function runOnSqlite(
  database: RemoteDatabase,
  units: readonly Unit[],
  { span, without }: Pick<RunOptions, 'span' | 'without'>,
  { keys }: Circumstances,
): Promise<SqliteOutcome> {
  await database.exec(`pragma foreign_keys = ${keys ? 'on' : 'off'}`)
  const start = await look(database)
  const traces = new Map<number, UnitTrace>()
  const vanished: string[] = []
  let transaction = -1
  let before = start
  let last: Unit | null = null
  const ended = (failed: RunOutcome['failed'], lost: RunOutcome['lost'] = null): SqliteOutcome => ({
    traces,
    failed,
    stays: true,
    lost,
    vanished,
    end: before,
  })
  const refused = async (unit: Unit, error: StatementError) => {
    if (span !== 'none') await attempt(database, 'rollback')
    return ended({ unit, error })
  }
  try {
    for (const unit of units) {
      if (without.has(unit.at)) continue
      const isNewFile = last?.migration !== unit.migration
      if (last === null || (span === 'migration' && isNewFile) || span === 'none') {
        const error =
          last !== null && span === 'migration' ? await attempt(database, 'commit') : null
        if (error) return await refused(last!, error)
        if (span !== 'none') await database.exec('begin')
        transaction++
      }
      last = unit
      const loops = await loopsIn(database, unit)
      const error = await attempt(database, unit.sql)
      if (error) return await refused(unit, error)
      const after = await look(database)
      traces.set(unit.at, {
        ...footprintOf(start, before, after, loops, unit.sql),
        transaction,
        inBlock: span !== 'none',
      })
      vanished.push(...vanishedLines(unit, start, before, after))
      before = after
    }
    // What waits for COMMIT is refused there; the last unit is the nearest one to blame.
    const error = last && span !== 'none' ? await attempt(database, 'commit') : null
    if (error) {
      traces.delete(last!.at)
      return await refused(last!, error)
    }
    return ended(null)
  } catch (error) {
    if (!(error instanceof ScratchLost) || last === null) throw error
    return ended(null, { unit: last, error })
  }
}

/** Hands SQL over as a migrator does; what SQLite refuses it with, or null. */
export async function attempt(
  database: RemoteDatabase,
  sql: string,
): Promise<StatementError | null> {
  try {
    await database.run(sql)
    return null
  } catch (thrown) {
    return sqliteError(thrown, sql)
  }
}

/** A pragma acts when it is compiled already. */
const EXPLAINED =
  /^(?:\s|--.*(?:\n|$)|\/\*[\s\S]*?\*\/)*(?:insert|replace|update|delete|with|create|alter|reindex)\b/i

async function loopsIn(database: RemoteDatabase, { sql }: Unit): Promise<Loops> {
  if (!EXPLAINED.test(sql)) return NO_LOOPS
  try {
    return loopsOf(await database.explain(sql))
  } catch (error) {
    if (error instanceof ScratchLost) throw error
    // What is wrong with it, running it will say.
    return NO_LOOPS
  }
}
