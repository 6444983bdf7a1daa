import type { Engine, MigrationSource } from '../dialects/dialect.ts'
import type { TransactionSpan } from '../dialects/effects.ts'
import type { Measurable } from './measurable.ts'
import type { Unit } from './plan.ts'
import type { RunOptions, RunOutcome } from './run.ts'

/** A database that stands where production does, for one run of `verify`. */
export interface Laboratory extends Pick<Measurable, 'causeOf' | 'kindOf'> {
  /** `SQLite 3.51.2 (better-sqlite3 12.6.2)`, for the report. */
  readonly server: string
  /** Its version, as `Session.version` has it; 0 where nothing goes by it. */
  readonly major: number
  /** What is to be said of it before anything was run. */
  readonly notices: readonly string[]
  /** Takes migrations apart as the migrator sends them. */
  plan(engine: Engine, sources: readonly MigrationSource[], span: TransactionSpan): readonly Unit[]
  /** It for a run of a deployment, which decides what of it is copied. */
  measurable(units: readonly Unit[]): Measurable
  /** Applies units without rows, for later deployments to stand on, if none of them fails. */
  apply(units: readonly Unit[], options: RunOptions): Promise<RunOutcome>
  /** What the last run on ordinary rows has shown besides, a line each; empty afterwards. */
  remarks(): readonly string[]
  close(): Promise<void>
}
