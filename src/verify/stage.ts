import { kindOfCode } from '../dialects/postgres/effects/sqlStates.ts'
import { emptyAll, emptyFor } from './empty.ts'
import type { Cause, Measurable, Stage } from './measurable.ts'
import type { Unit } from './plan.ts'
import { type RunOptions, type RunOutcome, runUnits } from './run.ts'
import type { Scratch } from './scratch.ts'
import type { StatementError } from './trace/client.ts'
import { type SeedOptions, type Unseeded, seed } from './trace/seed.ts'

/** A scratch database of PostgreSQL, to run deployments on. */
export function onScratch(scratch: Scratch): Measurable {
  return {
    keep: () => scratch.keep(),
    stage: (rows) => new ScratchStage(scratch, rows),
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
  readonly emptied = new Set<string>()
  changed = false
  private readonly causes: StatementError[] = []
  private readonly scratch: Scratch
  private readonly rows: SeedOptions

  /** @param rows - what its tables are filled with */
  constructor(scratch: Scratch, rows: SeedOptions) {
    this.scratch = scratch
    this.rows = rows
  }

  async fill(): Promise<void> {
    this.unseeded = await seed(this.scratch, this.rows)
    for (const cause of this.causes) await this.emptyNow(cause)
  }

  async fillAnew(other: Stage): Promise<void> {
    if (other.changed) await this.scratch.restore()
    else await emptyAll(this.scratch)
    await this.fill()
  }

  async run(units: readonly Unit[], options: RunOptions): Promise<RunOutcome> {
    if (this.changed) {
      await this.scratch.restore()
      await this.fill()
    }
    const outcome = await runUnits(this.scratch, units, options)
    this.changed = outcome.stays
    return outcome
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
