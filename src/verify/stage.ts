import { emptyAll, emptyFor } from './empty.ts'
import type { Need } from './need.ts'
import type { Unit } from './plan.ts'
import { type RunOptions, type RunOutcome, runUnits } from './run.ts'
import type { Scratch } from './scratch.ts'
import type { StatementError } from './trace/client.ts'
import { type SeedOptions, type Unseeded, seedSome } from './trace/seed.ts'
import { type SeedCatalog, type SeedTable, readSeedCatalog } from './trace/seedCatalog.ts'

/** A database with rows in it, for one pass over a deployment after the other. */
export class Stage {
  /** The tables that could not be filled. */
  unseeded: readonly Unseeded[] = []
  /** Tables that were not filled because the deployment does nothing with them. */
  left: readonly SeedTable[] = []
  /** The tables that were emptied again, as messages show them. */
  readonly emptied = new Set<string>()
  /** Whether something of the last pass stays in it. */
  changed = false
  private catalog: SeedCatalog | null = null
  private readonly causes: StatementError[] = []
  private readonly scratch: Scratch
  private readonly need: Need
  private readonly rows: SeedOptions

  /**
   * @param need - which tables have to hold rows
   * @param rows - what they are filled with
   */
  constructor(scratch: Scratch, need: Need, rows: SeedOptions) {
    this.scratch = scratch
    this.need = need
    this.rows = rows
  }

  /** Fills the tables; what was emptied stays so. */
  async fill(): Promise<void> {
    this.catalog ??= await readSeedCatalog(this.scratch)
    const scope = { catalog: this.catalog, includes: this.need.includes.bind(this.need) }
    const { unseeded, left } = await seedSome(this.scratch, scope, this.rows)
    this.unseeded = unseeded
    this.left = left
    for (const cause of this.causes) await this.emptyNow(cause)
  }

  /** The same in place of the rows of another stage. */
  async fillAnew(other: Stage): Promise<void> {
    this.catalog = other.catalog
    if (other.changed) await this.scratch.restore()
    else await emptyAll(this.scratch)
    await this.fill()
  }

  /** Runs a deployment, on a database that stands where production does. */
  async run(units: readonly Unit[], options: RunOptions): Promise<RunOutcome> {
    for (;;) {
      if (this.changed) {
        await this.scratch.restore()
        await this.fill()
      }
      const outcome = await runUnits(this.scratch, units, options)
      this.changed = outcome.stays
      if (outcome.lost !== null) return outcome
      this.need.learn(outcome)
      if (!this.left.some((table) => this.need.includes(table))) return outcome
      // It went on to tables that were empty: what it does to those with rows is yet to be seen.
      if (!this.changed) await this.fill()
    }
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
