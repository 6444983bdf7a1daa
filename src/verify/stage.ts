import { emptyAll, emptyFor } from './empty.ts'
import type { Unit } from './plan.ts'
import { type RunOptions, type RunOutcome, runUnits } from './run.ts'
import type { Scratch } from './scratch.ts'
import type { StatementError } from './trace/client.ts'
import { type SeedOptions, type Unseeded, seed } from './trace/seed.ts'

/** A database with rows in it, for one pass over a deployment after the other. */
export class Stage {
  /** The tables that could not be filled. */
  unseeded: readonly Unseeded[] = []
  /** The tables that were emptied again, as messages show them. */
  readonly emptied = new Set<string>()
  /** Whether something of the last pass stays in it. */
  changed = false
  private readonly causes: StatementError[] = []
  private readonly scratch: Scratch
  private readonly rows: SeedOptions

  /** @param rows - what its tables are filled with */
  constructor(scratch: Scratch, rows: SeedOptions) {
    this.scratch = scratch
    this.rows = rows
  }

  /** Fills the tables; what was emptied stays so. */
  async fill(): Promise<void> {
    this.unseeded = await seed(this.scratch, this.rows)
    for (const cause of this.causes) await this.emptyNow(cause)
  }

  /** The same in place of the rows of another stage. */
  async fillAnew(other: Stage): Promise<void> {
    if (other.changed) await this.scratch.restore()
    else await emptyAll(this.scratch)
    await this.fill()
  }

  /** Runs a deployment, on a database that stands where production does. */
  async run(units: readonly Unit[], options: RunOptions): Promise<RunOutcome> {
    if (this.changed) {
      await this.scratch.restore()
      await this.fill()
    }
    const outcome = await runUnits(this.scratch, units, options)
    this.changed = outcome.stays
    return outcome
  }

  /** Empties the table that an error is about. */
  async empty(cause: StatementError): Promise<void> {
    this.causes.push(cause)
    if (!this.changed) await this.emptyNow(cause)
  }

  /** Fills again what was emptied. */
  async refill(): Promise<void> {
    this.causes.length = 0
    this.emptied.clear()
    if (!this.changed) await this.fill()
  }

  private async emptyNow(cause: StatementError): Promise<void> {
    for (const name of await emptyFor(this.scratch, cause)) this.emptied.add(name)
  }
}
