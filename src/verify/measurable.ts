import type { QualifiedName } from '../catalog/names.ts'
import type { ErrorKind } from '../dialects/effects.ts'
import type { Unit } from './plan.ts'
import type { RunOptions, RunOutcome } from './run.ts'
import type { StatementError } from './trace/client.ts'
import type { SeedOptions, Unseeded } from './trace/seed.ts'

/** A database of one dialect on which a deployment is run over and over, on rows that were made up. */
export interface Measurable {
  /** Remembers the database as it is now. */
  keep(): Promise<void>
  /** The database with rows in it, which `fill` puts there. */
  stage(rows: SeedOptions): Stage
  /** What has brought an error about. */
  causeOf(error: StatementError): Cause
  /** The same in the words of effects. */
  kindOf(error: StatementError): ErrorKind
}

/**
 * `rows`: rows can; `objects`: that something is not there, or not in its state, for which what was left out
 * may be the reason; `statement`: neither.
 */
export type Cause = 'rows' | 'objects' | 'statement'

/** A database with rows in it, for one pass over a deployment after the other. */
export interface Stage {
  /** The tables that could not be filled. */
  readonly unseeded: readonly Unseeded[]
  /** Tables that were not filled, because the deployment has nothing to do with them. */
  readonly left: readonly QualifiedName[]
  /** The tables that were emptied again, as messages show them. */
  readonly emptied: ReadonlySet<string>
  /** Whether something of the last pass stays in the database. */
  readonly changed: boolean
  /** Fills the tables; what was emptied stays so. */
  fill(): Promise<void>
  /** The same in place of the rows of another stage. */
  fillAnew(other: Stage): Promise<void>
  /** Runs a deployment, on a database that stands where production does. */
  run(units: readonly Unit[], options: RunOptions): Promise<RunOutcome>
  /** Empties the table that an error is about. */
  empty(cause: StatementError): Promise<void>
  /** Fills again what was emptied. */
  refill(): Promise<void>
}
