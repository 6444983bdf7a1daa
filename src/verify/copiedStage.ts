import type { QualifiedName } from '../catalog/names.ts'
import type { Stage } from './measurable.ts'
import type { Unit } from './plan.ts'
import type { RunOptions, RunOutcome } from './run.ts'
import type { StatementError } from './trace/client.ts'
import type { SeedOptions, Unseeded } from './trace/seed.ts'

/** What a stage is made of, where a database is copied and not set back. */
export interface Copies<Place> {
  /** Tables that its copies do not have, because a deployment has nothing to do with them. */
  readonly left: readonly QualifiedName[]
  /** A copy of the database that stands where production does, without rows of ours. */
  fresh(): Promise<Place>
  fill(place: Place, rows: SeedOptions): Promise<readonly Unseeded[]>
  /** Empties what an error is about; returns the tables that had rows. */
  empty(place: Place, cause: StatementError): Promise<readonly string[]>
  /** Runs a deployment on a copy of its own. */
  run(
    place: Place,
    units: readonly Unit[],
    options: RunOptions,
    about: PassAbout,
  ): Promise<RunOutcome>
  drop(place: Place): Promise<void>
}

/** Which pass over a deployment it is. */
export interface PassAbout {
  readonly adverse: boolean
  /** Whether every unit is run on all rows. */
  readonly whole: boolean
}

/** A database with rows in it; every pass runs on a copy. */
export class CopiedStage<Place> implements Stage {
  unseeded: readonly Unseeded[] = []
  readonly emptied = new Set<string>()
  readonly changed = false
  private readonly causes: StatementError[] = []
  private readonly copies: Copies<Place>
  private readonly rows: SeedOptions
  private place: Place | null = null

  constructor(copies: Copies<Place>, rows: SeedOptions) {
    this.copies = copies
    this.rows = rows
  }

  get left(): readonly QualifiedName[] {
    return this.copies.left
  }

  async fill(): Promise<void> {
    if (this.place !== null) await this.copies.drop(this.place)
    this.place = await this.copies.fresh()
    this.unseeded = await this.copies.fill(this.place, this.rows)
    for (const cause of this.causes) await this.emptyNow(cause)
  }

  fillAnew(): Promise<void> {
    return this.fill()
  }

  async run(units: readonly Unit[], options: RunOptions): Promise<RunOutcome> {
    const whole = options.without.size === 0 && this.emptied.size === 0
    const about = { adverse: this.rows.adverse === true, whole }
    const outcome = await this.copies.run(this.place!, units, options, about)
    return { ...outcome, stays: false }
  }

  async empty(cause: StatementError): Promise<void> {
    this.causes.push(cause)
    await this.emptyNow(cause)
  }

  async refill(): Promise<void> {
    this.causes.length = 0
    this.emptied.clear()
    await this.fill()
  }

  private async emptyNow(cause: StatementError): Promise<void> {
    for (const name of await this.copies.empty(this.place!, cause)) this.emptied.add(name)
  }
}
