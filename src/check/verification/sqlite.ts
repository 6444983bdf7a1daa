import { join } from 'node:path'
import { foreignKeysAct } from '../../dialects/sqlite/effects/session.ts'
import { dialectOf } from '../../dialects/registry.ts'
import { ProblemError } from '../../finding/problem.ts'
import { type DriverName, isDriverName } from '../../verify/sqlite/drivers.ts'
import { noDriver } from '../../verify/sqlite/noDriver.ts'
import { type SqliteLaboratory, openSqlite } from '../../verify/sqlite/openSqlite.ts'
import { ScratchLost } from '../../verify/scratch.ts'
import type { FamilyResult, Run } from '../families.ts'
import type { PendingMigrations } from '../migrations/checkMigrations.ts'
import type { ProjectReading } from '../projectReading.ts'
import { type OpenLaboratory, verifyInLaboratory } from './inLaboratory.ts'
import { lost, prerequisite } from './problems.ts'
import type { VerifySettings } from './settings.ts'

/**
 * Runs what is pending on a temporary file, with the driver that the project has and the foreign keys as
 * its migrator leaves them.
 *
 * @throws ProblemError where a server is asked for, no driver is there, or a deployed migration does not run
 */
export async function verifyOnSqlite(
  run: Run,
  reading: ProjectReading,
  pending: PendingMigrations,
  settings: VerifySettings,
): Promise<FamilyResult> {
  const { project } = reading
  if (settings.server) {
    throw new ProblemError({
      message: `${project.name}: verify runs SQLite on a temporary file, and never connects to a database (Turso and D1 neither)`,
      file: null,
      help: 'Leave --url out.',
    })
  }
  const { judgement, clients } = pending
  const session = {
    ...judgement.session,
    driver: clients.search() ?? judgement.session.driver ?? null,
    keysOff: clients.switchesKeysOff(),
  }
  const { driver } = session
  const drivers = driversFor(reading, driver)
  const open: OpenLaboratory = async (deployed) => {
    try {
      const laboratory = await openSqlite({
        drivers,
        from: [...new Set([join(run.root, project.folder), run.root])],
        patience: settings.patience,
        keys: foreignKeysAct(session, judgement.engine.emptyCatalog),
        takesSeveral: isD1(driver),
        migratesWith: driver !== null && isDriverName(driver) ? driver : null,
      })
      if (laboratory === null) throw noDriver(PACKAGES[drivers[0]!] ?? 'better-sqlite3')
      const failed = await laboratory.deploy(deployed)
      if (failed) {
        await laboratory.close()
        throw prerequisite(failed.migration.file, failed.error.message)
      }
      return { ...laboratory, notices: standIns(laboratory, project.name, driver) }
    } catch (error) {
      if (error instanceof ScratchLost) throw new ProblemError(lost(error, project.name))
      throw error
    }
  }
  return verifyInLaboratory(
    run,
    reading,
    { ...pending, judgement: { ...judgement, session } },
    open,
  )
}

const ALL: readonly DriverName[] = ['better-sqlite3', 'node-sqlite', 'libsql', 'sql-js']

const PACKAGES: Partial<Record<DriverName, string>> = {
  'better-sqlite3': 'better-sqlite3',
  libsql: '@libsql/client',
  'sql-js': 'sql.js',
}

/** The driver that migrates first; then those that the dialect can do with. */
function driversFor({ project }: ProjectReading, driver: string | null): readonly DriverName[] {
  const known = new Set(dialectOf(project.dialect).clients.map(({ name }) => name))
  const possible = ALL.filter((name) => known.has(name))
  if (driver === null || !isDriverName(driver)) return possible
  return [driver, ...possible.filter((name) => name !== driver)]
}

function isD1(driver: string | null): boolean {
  return driver === 'd1' || driver === 'd1-http'
}

/** What another driver than the one that migrates cannot show. */
function standIns(
  { server, driver: used }: SqliteLaboratory,
  project: string,
  driver: string | null,
): readonly string[] {
  if (driver === null || driver === used) return []
  if (isD1(driver)) {
    return [
      `${project}: D1 itself is not run here, but ${server} with foreign keys on, as D1 has them. D1 takes a name in double quotes that is no column's for text, which this refuses.`,
    ]
  }
  return [
    `${project}: ${driver} cannot be run here, so ${server} stands in for it, with foreign keys as ${driver} leaves them.`,
  ]
}
