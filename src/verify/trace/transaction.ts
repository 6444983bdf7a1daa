import type { LockMode } from '../../dialects/postgres/lockModes.ts'
import { isAtLeast } from '../../dialects/postgres/lockModes.ts'
import type { StatementError, TraceClient } from './client.ts'
import { attempt, quoteLiteral } from './client.ts'
import type { Footprint } from './difference.ts'
import { difference, NO_FOOTPRINT } from './difference.ts'
import { readCommittedState, readState } from './state.ts'

/** What one statement (or chunk of statements sent as one) was measured to do. */
export interface StatementTrace extends Footprint {
  readonly sql: string
  /** What the server refused it with; then nothing else is recorded, and nothing after it ran. */
  readonly error: StatementError | null
}

export interface TransactionOptions {
  /** The session's TimeZone; decides what conversions of timestamps cost. Default UTC. */
  readonly timezone?: string
  /**
   * false: each statement is a transaction of its own and stays committed; locks cannot be seen
   * then. Default true: one transaction, rolled back at the end.
   */
  readonly transaction?: boolean
}

/**
 * Runs statements on top of what the client's database holds and measures each one: the
 * difference between a look at the server before it and a look after it
 * (docs: pg_locks, pg_stat_xact_user_tables, pg_relation_filenode).
 *
 * Stops at the first statement that fails, as a migrator does. There is no savepoint around
 * statements: it would change what is measured (a new enum value is safe to use only in the very
 * transaction that created its type). Deferred constraints are checked at the end; what they
 * refuse is the last statement's error. A statement that itself ends the transaction leaves the
 * rest without one: as on a server, what they do stays.
 *
 * @returns one trace per statement that was run
 * @throws what the driver throws if the connection breaks
 */
export async function traceTransaction(
  client: TraceClient,
  statements: readonly string[],
  options: TransactionOptions = {},
): Promise<StatementTrace[]> {
  await client.exec(`set timezone to ${quoteLiteral(options.timezone ?? 'UTC')}`)
  try {
    if (options.transaction === false) return await run(client, statements, readCommittedState)
    await client.exec('begin')
    try {
      const traces = await run(client, statements, readState)
      return await withDeferredChecks(client, traces)
    } finally {
      await client.exec('rollback')
    }
  } finally {
    await client.exec('reset timezone')
  }
}

async function run(
  client: TraceClient,
  statements: readonly string[],
  read: typeof readState,
): Promise<StatementTrace[]> {
  const traces: StatementTrace[] = []
  const start = await read(client)
  let before = start
  for (const sql of statements) {
    const error = await attempt(client, sql)
    if (error) {
      traces.push({ sql, ...NO_FOOTPRINT, error })
      break
    }
    const after = await read(client)
    traces.push({ sql, ...difference(start, before, after), error: null })
    before = after
  }
  return traces
}

async function withDeferredChecks(
  client: TraceClient,
  traces: StatementTrace[],
): Promise<StatementTrace[]> {
  const last = traces.at(-1)
  if (!last || last.error) return traces
  const error = await attempt(client, 'set constraints all immediate')
  return error ? [...traces.slice(0, -1), { ...last, error }] : traces
}

/** What a whole transaction did: the union of its statements, each relation's strongest lock. */
export function total(traces: readonly StatementTrace[]): Footprint & {
  readonly error: StatementError | null
} {
  const locks = new Map<string, LockMode>()
  for (const [name, mode] of traces.flatMap((trace) => Object.entries(trace.locks))) {
    const held = locks.get(name)
    if (!held || isAtLeast(mode, held)) locks.set(name, mode)
  }
  const union = (part: 'rewritten' | 'scanned' | 'built' | 'builtOn'): string[] =>
    [...new Set(traces.flatMap((trace) => trace[part]))].sort()
  return {
    locks: Object.fromEntries([...locks].sort(([a], [b]) => (a < b ? -1 : 1))),
    rewritten: union('rewritten'),
    scanned: union('scanned'),
    built: union('built'),
    builtOn: union('builtOn'),
    kinds: Object.assign({}, ...traces.map((trace) => trace.kinds)) as Footprint['kinds'],
    names: Object.assign({}, ...traces.map((trace) => trace.names)) as Footprint['names'],
    error: traces.find((trace) => trace.error)?.error ?? null,
  }
}
