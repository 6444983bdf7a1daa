import type { QualifiedName } from '../../catalog/names.ts'
import type { Copies } from '../copiedStage.ts'
import type { Unit } from '../plan.ts'
import type { RunOutcome } from '../run.ts'
import type { StatementError } from '../trace/client.ts'
import type { SeedOptions, Unseeded } from '../trace/seed.ts'
import { type Blueprint, copyDatabase, readOriginal } from './copy.ts'
import { halfAppliedLine } from './halfApplied.ts'
import type { Kept } from './kept.ts'
import { type Paused, isNext, mayGoOn } from './paused.ts'
import { runOnMysql, tablesOf } from './run.ts'
import type { ScratchDatabases } from './scratchDatabases.ts'
import { emptyMysql, seedMysql } from './seed.ts'

/** Databases as the stages of one deployment are made of them. */
export class DatabaseCopies implements Copies<string> {
  left: readonly QualifiedName[] = []
  private readonly databases: ScratchDatabases
  private readonly kept: Kept
  private readonly units: readonly Unit[]
  private readonly remarks: string[]
  private part: Blueprint | null = null
  private paused: Paused | null = null

  /** @param remarks - is told what a run on ordinary rows has shown besides */
  constructor(databases: ScratchDatabases, kept: Kept, units: readonly Unit[], remarks: string[]) {
    this.databases = databases
    this.kept = kept
    this.units = units
    this.remarks = remarks
  }

  async fresh(): Promise<string> {
    return copyDatabase(this.databases, this.kept.name, await this.needed())
  }

  fill(database: string, rows: SeedOptions): Promise<readonly Unseeded[]> {
    return this.databases.on(database, (session) =>
      seedMysql(session.client, (sql) => session.attempt(sql), rows),
    )
  }

  async empty(database: string, _: StatementError): Promise<readonly string[]> {
    await this.giveUp()
    return this.databases.on(database, ({ client }) => emptyMysql(client))
  }

  drop(database: string): Promise<void> {
    return this.databases.drop(database)
  }

  async run(
    ...[filled, units, options, { adverse, whole }]: Parameters<Copies<string>['run']>
  ): Promise<RunOutcome> {
    const { databases } = this
    const paused = isNext(this.paused, filled, options.without) ? this.paused : null
    if (paused === null) await this.giveUp()
    this.paused = null
    const copy = paused?.copy ?? (await copyDatabase(databases, filled, await this.needed()))
    const rest = paused === null ? units : units.filter(({ at }) => at > paused.failed)
    try {
      return await databases.on(copy, async (session) => {
        const start = paused?.start ?? (await tablesOf(session))
        const outcome = await runOnMysql(session, rest, options, start)
        const { failed } = outcome
        if (failed === null) return outcome
        if (!whole || adverse) {
          if (mayGoOn(units, failed.unit, options.without)) {
            this.paused = {
              filled,
              copy,
              failed: failed.unit.at,
              without: [...options.without],
              start,
            }
          }
          return outcome
        }
        // The server has rolled back what it can.
        const before = await databases.on(filled, readOriginal)
        const after = await readOriginal(session)
        const own = units.filter(({ migration }) => migration === failed.unit.migration)
        const again = await runOnMysql(session, own, { ...options, without: new Set() })
        this.remarks.push(halfAppliedLine({ failed, before, after, again: again.failed }))
        return outcome
      })
    } finally {
      if (this.paused === null) await databases.drop(copy).catch(() => undefined)
    }
  }

  private async giveUp(): Promise<void> {
    if (this.paused !== null) await this.databases.drop(this.paused.copy)
    this.paused = null
  }

  private async needed(): Promise<Blueprint> {
    if (this.part === null) {
      const { tables } = await this.kept.original()
      const part = await this.kept.partFor(this.units)
      const others = [...tables.keys()].filter((name) => !part.tables.has(name))
      this.left = others.map((name) => ({ schema: '', name }))
      this.part = part
    }
    return this.part
  }
}
