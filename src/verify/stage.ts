import { kindOfCode } from '../dialects/postgres/effects/sqlStates.ts'
import { emptyAll, emptyFor } from './empty.ts'
import type { Cause, Measurable, Stage } from './measurable.ts'
import { Need } from './need.ts'
import type { Unit } from './plan.ts'
import { type RunOptions, type RunOutcome, runUnits } from './run.ts'
import type { Scratch } from './scratch.ts'
import type { StatementError } from './trace/client.ts'
import { type SeedOptions, type Unseeded, seedSome } from './trace/seed.ts'
import { type SeedCatalog, type SeedTable, readSeedCatalog } from './trace/seedCatalog.ts'

/** A scratch database of PostgreSQL, to run a deployment on. */
export function onScratch(scratch: Scratch, units: readonly Unit[]): Measurable {
  const need = new Need(units)
  let read: Promise<SeedCatalog> | null = null
  // Whenever tables are filled, the database stands as it did before the deployment.
  const catalog = (): Promise<SeedCatalog> => (read ??= readSeedCatalog(scratch))
  return {
    keep: () => scratch.keep(),
    stage: (rows) => new ScratchStage(scratch, need, catalog, rows),
    causeOf,
    kindOf: ({ code }) => kindOfCode(code),
  }
}

/** Classes of SQLSTATEs that rows can bring about: their data, or what an exception says of them. */
const OF_ROWS = /^(?:21|22|23|P0)/

/** Names and states. A syntax error is not. */
const OF_OBJECTS = /^(?:42(?!601)|2B|3F|55000)/

function causeOf({ code }: StatementError): Cause {
  if (OF_ROWS.test(code)) return 'rows'
  return OF_OBJECTS.test(code) ? 'objects' : 'statement'
}

class ScratchStage implements Stage {
  unseeded: readonly Unseeded[] = []
  left: readonly SeedTable[] = []
  readonly emptied = new Set<string>()
  changed = false
  private readonly causes: StatementError[] = []
  private readonly scratch: Scratch
  private readonly need: Need
  private readonly catalog: () => Promise<SeedCatalog>
  private readonly rows: SeedOptions

  /**
   * @param need - which tables have to hold rows
   * @param rows - what they are filled with
   */
  constructor(
    scratch: Scratch,
    need: Need,
    catalog: () => Promise<SeedCatalog>,
    rows: SeedOptions,
  ) {
    this.scratch = scratch
    this.need = need
    this.catalog = catalog
    this.rows = rows
  }

  async fill(): Promise<void> {
    const scope = { catalog: await this.catalog(), includes: this.need.includes.bind(this.need) }
    const { unseeded, left } = await seedSome(this.scratch, scope, this.rows)
    this.unseeded = unseeded
    this.left = left
    for (const cause of this.causes) await this.emptyNow(cause)
  }

  async fillAnew(other: Stage): Promise<void> {
    if (other.changed) await this.scratch.restore()
    else await emptyAll(this.scratch)
    await this.fill()
  }

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

  async empty(cause: StatementError): Promise<void> {
    this.causes.push(cause)
    if (!this.changed) await this.emptyNow(cause)
  }

  async refill(): Promise<void> {
    this.causes.length = 0
    this.emptied.clear()
    if (!this.changed) await this.fill()
  }

  private async emptyNow(cause: StatementError): Promise<void> {
    for (const name of await emptyFor(this.scratch, cause)) this.emptied.add(name)
  }
}
