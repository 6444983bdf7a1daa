import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { splitAtBreakpoints } from '../../dialects/breakpoints.ts'
import type { MigrationSource } from '../../dialects/dialect.ts'
import type { Undeployable } from '../deploy.ts'
import { type Copies, CopiedStage } from '../copiedStage.ts'
import type { RunOutcome } from '../run.ts'
import type { Unit } from '../plan.ts'
import { chunksOf } from '../chunks.ts'
import type { Laboratory } from '../laboratory.ts'
import { ScratchLost } from '../scratch.ts'
import type { StatementError } from '../trace/client.ts'
import type { SeedOptions, Unseeded } from '../trace/seed.ts'
import { aftermathOf, leftBehindLines } from './aftermath.ts'
import type { DriverName } from './drivers.ts'
import { causeOf, kindOf } from './errors.ts'
import { look } from './look.ts'
import { RemoteDatabase } from './remote.ts'
import { type SqliteOutcome, attempt, runOnSqlite } from './run.ts'
import { filesOf, otherwise, rowsOf } from './secondRun.ts'
import { emptySqlite, seedSqlite } from './seed.ts'

export interface SqliteSettings {
  /** Drivers in the order of preference. */
  readonly drivers: readonly DriverName[]
  /** Folders whose node_modules are asked for them, absolute. */
  readonly from: readonly string[]
  /** Milliseconds that any one statement may take. */
  readonly patience: number
  /** Whether foreign keys act when the migrator begins its transaction. */
  readonly keys: boolean
  /** Whether whoever migrates runs every statement of a chunk, as D1 does. */
  readonly takesSeveral: boolean
  /** The driver whose `migrate` of drizzle-orm is asked for a second opinion; null: none. */
  readonly migratesWith: DriverName | null
}

/** A laboratory on temporary files, and the driver that holds them. */
export interface SqliteLaboratory extends Laboratory {
  readonly driver: DriverName
  /** Runs deployed migrations; the first that does not run, null where all do. */
  deploy(migrations: readonly MigrationSource[]): Promise<Undeployable | null>
}

/**
 * Makes a database of SQLite in a temporary folder, held by a driver of the project in a process of its
 * own.
 *
 * @returns null where none of the drivers is there
 * @throws ScratchLost where the process does not come up
 */
export async function openSqlite(settings: SqliteSettings): Promise<SqliteLaboratory | null> {
  const database = new RemoteDatabase(settings.patience)
  try {
    const loaded = await database.load(settings.drivers, settings.from)
    if (loaded === null) {
      database.end()
      return null
    }
    const files = new Files(database)
    const [about] = await files.on(files.kept, () =>
      database.all('select sqlite_version() as version'),
    )
    const server = `SQLite ${String(about?.version)} (${loaded.driver})`
    return laboratory(files, settings, server, loaded.name)
  } catch (error) {
    database.end()
    throw error
  }
}

/** The files of one run, of which one at a time is open. */
class Files {
  readonly database: RemoteDatabase
  private readonly folder = mkdtempSync(join(tmpdir(), 'migration-lint-sqlite-'))
  /** Stands where production does, without rows. */
  readonly kept = join(this.folder, 'kept.db')
  private made = 0

  constructor(database: RemoteDatabase) {
    this.database = database
  }

  freshFolder(): string {
    const path = join(this.folder, `${this.made++}`)
    mkdirSync(path)
    return path
  }

  fresh(): string {
    return join(this.folder, `${this.made++}.db`)
  }

  async on<T>(file: string, use: () => Promise<T>): Promise<T> {
    await this.database.open(file, 'write')
    try {
      return await use()
    } finally {
      await this.database.close().catch((error: unknown) => {
        if (!(error instanceof ScratchLost)) throw error
      })
    }
  }

  end(): void {
    this.database.end()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function laboratory(
  files: Files,
  settings: SqliteSettings,
  server: string,
  driver: DriverName,
): SqliteLaboratory {
  const { database, kept } = files
  const copies = new FileCopies(files, settings)
  return {
    server,
    major: 0,
    driver,
    notices: [],
    measurable: () => ({
      keep: () => Promise.resolve(),
      stage: (rows) => new CopiedStage(copies, rows),
      causeOf,
      kindOf,
    }),
    causeOf,
    kindOf,
    plan: (engine, sources) => chunksOf(engine, sources, settings.takesSeveral),
    async apply(units, options) {
      const copy = files.fresh()
      copyFileSync(kept, copy)
      const outcome = await files.on(copy, () => runOnSqlite(database, units, options, settings))
      if (outcome.failed === null && outcome.lost === null) copyFileSync(copy, kept)
      rmSync(copy)
      return outcome
    },
    deploy: (migrations) => files.on(kept, () => deploy(database, migrations, settings.keys)),
    remarks: () => [...copies.remarks.splice(0), ...copies.opinion.splice(0)],
    close() {
      files.end()
      return Promise.resolve()
    },
  }
}

/** Each as a deployment of its own, which is how production came to be. */
async function deploy(
  database: RemoteDatabase,
  migrations: readonly MigrationSource[],
  keys: boolean,
): Promise<Undeployable | null> {
  await database.exec(`pragma foreign_keys = ${keys ? 'on' : 'off'}`)
  for (const migration of migrations) {
    const chunks = splitAtBreakpoints(migration.text).map(({ text }) => text)
    await database.exec('begin')
    let error = await all(database, chunks)
    error ??= await attempt(database, 'commit')
    if (error === null) continue
    await attempt(database, 'rollback')
    // What cannot run in a transaction somebody has run without.
    if ((await all(database, chunks)) !== null) return { migration, error }
  }
  return null
}

async function all(
  database: RemoteDatabase,
  chunks: readonly string[],
): Promise<StatementError | null> {
  for (const chunk of chunks) {
    const error = await attempt(database, chunk)
    if (error) return error
  }
  return null
}

/** Files as stages are made of them. */
class FileCopies implements Copies<string> {
  readonly left = []
  /** What the last run on ordinary rows has shown besides. */
  readonly remarks: string[] = []
  /** What drizzle-orm itself made of it, where that differs. */
  readonly opinion: string[] = []
  private readonly files: Files
  private readonly settings: SqliteSettings

  constructor(files: Files, settings: SqliteSettings) {
    this.files = files
    this.settings = settings
  }

  fresh(): Promise<string> {
    return Promise.resolve(this.copyOf(this.files.kept))
  }

  fill(file: string, rows: SeedOptions): Promise<readonly Unseeded[]> {
    return this.files.on(file, () => seedSqlite(this.files.database, rows))
  }

  empty(file: string, { table }: StatementError): Promise<readonly string[]> {
    return this.files.on(file, () => emptySqlite(this.files.database, table?.name ?? null))
  }

  drop(file: string): Promise<void> {
    rmSync(file)
    return Promise.resolve()
  }

  async run(
    ...[filled, units, options, { adverse, whole }]: Parameters<Copies<string>['run']>
  ): Promise<RunOutcome> {
    const { files, settings } = this
    const file = this.copyOf(filled)
    const outcome = await files.on(file, async () => {
      const before = await aftermathOf(files.database)
      const ran = await runOnSqlite(files.database, units, options, settings)
      if (ran.failed === null && ran.lost === null && !adverse) {
        const left = leftBehindLines(before, await aftermathOf(files.database))
        this.remarks.splice(0, this.remarks.length, ...ran.vanished, ...left)
      }
      return ran
    })
    rmSync(file)
    if (whole && !adverse && options.span === 'deployment' && outcome.lost === null) {
      const lines = await this.secondOpinion(filled, units, outcome)
      this.opinion.splice(0, this.opinion.length, ...lines)
    }
    return outcome
  }

  /** What drizzle-orm itself makes of the same rows, where that differs. */
  private async secondOpinion(
    filled: string,
    units: readonly Unit[],
    { failed, end }: SqliteOutcome,
  ): Promise<readonly string[]> {
    const { files, settings } = this
    const driver = settings.migratesWith
    if (driver === null) return []
    const file = this.copyOf(filled)
    const { from, keys } = settings
    const folder = files.freshFolder()
    const migrations = filesOf(units)
    const own = await files.database.migrate({ driver, from, file, keys, folder, migrations })
    if (own === null) return []
    const theirs = await files.on(file, () => look(files.database))
    rmSync(file)
    const isThrough = failed === null && own.error === null
    return otherwise(
      { error: failed?.error.message ?? null, rows: isThrough ? rowsOf(end) : null },
      own,
      rowsOf(theirs),
    )
  }

  private copyOf(file: string): string {
    const copy = this.files.fresh()
    copyFileSync(file, copy)
    return copy
  }
}
