import type { Unit } from '../plan.ts'
import type { RunOptions, RunOutcome } from '../run.ts'
import { ScratchLost } from '../scratch.ts'
import { type Blueprint, type Original, copyDatabase, readOriginal } from './copy.ts'
import { neededFor } from './need.ts'
import { isOfSchema } from './paused.ts'
import { runOnMysql } from './run.ts'
import type { ScratchDatabases, Session } from './scratchDatabases.ts'

/** The database that stands where production does, without rows. */
export class Kept {
  readonly name: string
  private readonly databases: ScratchDatabases
  private read: Promise<Original> | null = null

  constructor(databases: ScratchDatabases, name: string) {
    this.databases = databases
    this.name = name
  }

  /** Once all that is deployed has run. */
  original(): Promise<Original> {
    return (this.read ??= this.databases.on(this.name, readOriginal))
  }

  /** The part of it that units can reach. */
  async partFor(units: readonly Unit[]): Promise<Blueprint> {
    const statements = units.map(({ sql }) => sql)
    return neededFor(await this.original(), statements)
  }

  /** Applies what was seen to run on tables with rows in them, which are empty here. */
  async apply(units: readonly Unit[], options: RunOptions): Promise<RunOutcome> {
    const { databases } = this
    const own = units.filter(({ at }) => !options.without.has(at))
    const run = (session: Session) => runOnMysql(session, units, options)
    // What fails half-way stays half applied; only what handles rows may want some.
    if (!own.every(isOfSchema)) {
      const copy = await copyDatabase(databases, this.name, await this.partFor(own))
      const tried = await databases.on(copy, run)
      await databases.drop(copy)
      if (tried.failed !== null || tried.lost !== null) return tried
    }
    this.read = null
    const outcome = await databases.on(this.name, run)
    const { failed } = outcome
    if (failed === null) return outcome
    const error = new ScratchLost(
      `${failed.error.message}, though it ran on a copy of the database`,
      false,
    )
    return { ...outcome, lost: { unit: failed.unit, error } }
  }
}
