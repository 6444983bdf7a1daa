import type { Lock, Loss, TransactionSpan } from '../dialects/effects.ts'
import type { Unit } from './plan.ts'
import { ScratchLost } from './scratch.ts'
import { type StatementError, type TraceClient, attempt, quoteLiteral } from './trace/client.ts'
import { type Footprint, NO_FOOTPRINT, difference } from './trace/difference.ts'
import { type State, readCommittedState, readState } from './trace/state.ts'

/** What became of one unit. */
export interface UnitTrace extends Footprint {
  /** Units with the same number shared a transaction. */
  readonly transaction: number
  /** Whether that was a block; if not, its locks were gone before anybody could look. */
  readonly inBlock: boolean
  /** Locks in the terms of effects, where the dialect has other modes than PostgreSQL. */
  readonly told?: readonly Lock[]
  /** Whether nobody could see what was read and rewritten. */
  readonly unseen?: boolean
  /** Rows and references that are gone from tables that stay; absent where nobody looked. */
  readonly losses?: readonly Loss[]
}

/** A statement that the server refused, and why. */
export interface Refusal {
  readonly unit: Unit
  readonly error: StatementError
}

export interface RunOutcome {
  /** Of the units that ran, by their number. */
  readonly traces: ReadonlyMap<number, UnitTrace>
  readonly failed: Refusal | null
  /** Whether something of it stays in the database. */
  readonly stays: boolean
  /** At which unit the database was lost; nothing can be asked of it any more. */
  readonly lost: { readonly unit: Unit; readonly error: ScratchLost } | null
}

export interface RunOptions {
  readonly span: TransactionSpan
  readonly timezone: string
  /** Units to leave out. */
  readonly without: ReadonlySet<number>
  /** Whether the one transaction of a whole deployment is committed; others always are. */
  readonly commit: boolean
}

/**
 * Runs pending migrations as the migrator does and looks at the server before and after each unit.
 * There is no savepoint around them: it would change what is measured (a new enum value is safe to use
 * only in the very transaction that created its type).
 *
 * @throws ScratchLost where the database is lost before the first unit
 */
export async function runUnits(
  client: TraceClient,
  units: readonly Unit[],
  options: RunOptions,
): Promise<RunOutcome> {
  await client.exec(`set timezone to ${quoteLiteral(options.timezone)}`)
  // What was read so far is asked for where a unit begins; it may take the server most of a second to say.
  const run = new Run(client, options, await readState(client))
  try {
    for (const unit of units) {
      if (!options.without.has(unit.at)) await run.take(unit)
      if (run.failed) break
    }
    await run.finish()
    await attempt(client, 'rollback')
    await attempt(client, 'discard all')
  } catch (error) {
    if (!(error instanceof ScratchLost) || run.last === null) throw error
    run.lost = { unit: run.last, error }
  }
  return run
}

class Run implements RunOutcome {
  readonly traces = new Map<number, UnitTrace>()
  failed: RunOutcome['failed'] = null
  lost: RunOutcome['lost'] = null
  stays = false
  last: Unit | null = null
  private inBlock = false
  private transaction = -1
  /** The server as the last unit left it; null where counters begin anew. */
  private before: State | null = null
  private readonly client: TraceClient
  private readonly options: RunOptions
  private readonly start: State

  constructor(client: TraceClient, options: RunOptions, start: State) {
    this.client = client
    this.options = options
    this.start = start
  }

  async take(unit: Unit): Promise<void> {
    await this.enter(unit)
    if (this.failed) return
    const within = this.inBlock
    if (!within) this.transaction++
    const look = within ? readState : readCommittedState
    this.before ??= await look(this.client)
    const error = await attempt(this.client, unit.sql)
    if (error) {
      this.failed = { unit, error }
      return
    }
    this.inBlock = unit.control === null ? within : unit.control === 'begins'
    this.stays ||= !within || unit.control === 'ends'
    const place = { transaction: this.transaction, inBlock: within && this.inBlock }
    if (within !== this.inBlock) {
      // The counters of a transaction that has ended do not tell what its last statement did.
      this.traces.set(unit.at, { ...NO_FOOTPRINT, ...place })
      if (this.inBlock) this.transaction++
      this.before = null
      return
    }
    const after = await look(this.client)
    this.traces.set(unit.at, { ...difference(this.start, this.before, after), ...place })
    this.before = after
  }

  /** Ends the transaction that the migrator has begun. */
  async finish(): Promise<void> {
    if (!this.inBlock || this.failed) return
    // What waits for COMMIT is refused there; the last unit is the nearest one to blame.
    const error = await attempt(this.client, 'set constraints all immediate')
    if (error && this.last) {
      this.traces.delete(this.last.at)
      this.failed = { unit: this.last, error }
      return
    }
    const commits = this.options.commit || this.options.span === 'migration'
    await this.client.exec(commits ? 'commit' : 'rollback')
    this.stays ||= commits
    this.inBlock = false
  }

  /** Begins a transaction where the migrator does. */
  private async enter(unit: Unit): Promise<void> {
    const { span } = this.options
    const isNewFile = this.last?.migration !== unit.migration
    if (span === 'migration' && isNewFile) await this.finish()
    if (this.failed) return
    const begins = span === 'deployment' ? this.last === null : span === 'migration' && isNewFile
    this.last = unit
    if (!begins) return
    await this.client.exec('begin')
    this.inBlock = true
    this.transaction++
    this.before = null
  }
}
