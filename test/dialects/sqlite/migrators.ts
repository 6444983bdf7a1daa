import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { journal } from '../../drizzle/migrations/journals.ts'
import { installed } from '../../installed.ts'
import { newDatabase } from './database.ts'

/** What is run: on a database with a schema and rows, the files of a deployment. */
export interface Deployment {
  readonly setup: readonly string[]
  /** Fills the tables; without it they stay empty. */
  readonly rows: readonly string[]
  /** Each file with its breakpoints. */
  readonly files: readonly string[]
}

export interface Outcome {
  /** The error's message; null where the deployment went through. */
  readonly error: string | null
  /** Rows of each table before and after; null where the table is gone. */
  readonly rows: Readonly<Record<string, readonly [number, number | null]>>
}

/** A driver of SQLite with the migrator that drizzle-orm has for it. */
export interface Migrator {
  readonly name: string
  /** As `projects[].driver` names who leaves foreign keys as this does. */
  readonly driver: string
  /** It does not take two statements at once; others run the first, or all of them. */
  readonly refusesSeveral?: boolean
  run(deployment: Deployment): Promise<Outcome>
}

/** A connection, whatever the driver calls its methods. */
export interface Connection {
  run(sql: string): unknown
  /** The first column of every row. */
  column(sql: string): Promise<readonly unknown[]> | readonly unknown[]
  migrate(folder: string): unknown
  close(): unknown
}

export type Orm = '0.45.4' | '1.0.0-rc.5'

interface DrizzleModule {
  drizzle(connection: unknown): unknown
}
interface MigratorModule {
  migrate(database: unknown, config: { migrationsFolder: string }): unknown
}

/** Runs a deployment on a new database by way of a migrations folder on disk. */
export async function migrated(
  open: () => Promise<Connection>,
  orm: Orm,
  { setup, rows, files }: Deployment,
): Promise<Outcome> {
  const connection = await open()
  try {
    for (const sql of [...setup, ...rows]) await connection.run(sql)
    const before = await counts(connection)
    const error = await attempt(connection, orm, files)
    const after = await counts(connection)
    const gone = (name: string) => after.get(name) ?? null
    return {
      error,
      rows: Object.fromEntries([...before].map(([name, count]) => [name, [count, gone(name)]])),
    }
  } finally {
    await connection.close()
  }
}

async function attempt(
  connection: Connection,
  orm: Orm,
  files: readonly string[],
): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'migrated-'))
  const names = files.map((_, at) =>
    orm.startsWith('0.') ? `000${at}_m` : `2026010${at + 1}000000_m`,
  )
  try {
    for (const [at, name] of names.entries()) {
      if (orm.startsWith('0.')) writeFileSync(join(folder, `${name}.sql`), files[at]!)
      else {
        mkdirSync(join(folder, name))
        writeFileSync(join(folder, name, 'migration.sql'), files[at]!)
      }
    }
    mkdirSync(join(folder, 'meta'))
    if (orm.startsWith('0.')) {
      writeFileSync(join(folder, 'meta/_journal.json'), journal(names, 'sqlite'))
    } else rmSync(join(folder, 'meta'), { recursive: true })
    await connection.migrate(folder)
    return null
  } catch (error) {
    // drizzle-orm 1.0 wraps what the driver says.
    const { message, cause } = error as Error
    return cause instanceof Error ? cause.message : message
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function counts(connection: Connection): Promise<ReadonlyMap<string, number>> {
  const names = await connection.column(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '__drizzle*' AND name NOT GLOB '_cf_*'",
  )
  const found = new Map<string, number>()
  for (const name of names.map(String)) {
    const [count] = await connection.column(`SELECT count(*) FROM "${name}"`)
    found.set(name, Number(count))
  }
  return found
}

/** How drizzle-orm takes the client of most drivers. */
export function handed(orm: Orm, client: unknown): unknown {
  return orm === '0.45.4' ? client : { client }
}

export function modules(orm: Orm, driver: string): DrizzleModule & MigratorModule {
  const packages = { 'drizzle-orm': orm, '@libsql/client': '0.18.0' }
  const require =
    orm === '0.45.4'
      ? createRequire(import.meta.url)
      : createRequire(join(installed(packages), 'package.json'))
  return {
    ...(require(`drizzle-orm/${driver}`) as DrizzleModule),
    ...(require(`drizzle-orm/${driver}/migrator`) as MigratorModule),
  }
}

/** sql.js with foreign keys on: what better-sqlite3, node:sqlite and bun:sqlite leave on. */
function sqlJs(orm: Orm): Migrator {
  const open = async (): Promise<Connection> => {
    const database = await newDatabase()
    const { drizzle, migrate } = modules(orm, 'sql-js')
    return {
      run: (sql) => database.run(sql),
      column: (sql) => (database.exec(sql)[0]?.values ?? []).map(([value]) => value),
      migrate: (folder) => migrate(drizzle(database), { migrationsFolder: folder }),
      close: () => database.close(),
    }
  }
  return {
    name: `sql.js, keys on, drizzle-orm ${orm}`,
    driver: 'better-sqlite3',
    run: (deployment) => migrated(open, orm, deployment),
  }
}

interface LibsqlClient {
  execute(sql: string): Promise<{ readonly rows: readonly Readonly<Record<number, unknown>>[] }>
  close(): void
}

function libsql(orm: Orm): Migrator {
  const open = async (): Promise<Connection> => {
    const { createClient } = await import('@libsql/client')
    const folder = mkdtempSync(join(tmpdir(), 'libsql-'))
    const client: LibsqlClient = createClient({ url: `file:${join(folder, 'a.db')}` })
    const { drizzle, migrate } = modules(orm, 'libsql')
    return {
      run: (sql) => client.execute(sql),
      column: async (sql) => (await client.execute(sql)).rows.map((row) => row[0]),
      migrate: (path) => migrate(drizzle(handed(orm, client)), { migrationsFolder: path }),
      close() {
        client.close()
        rmSync(folder, { recursive: true })
      },
    }
  }
  return {
    name: `libsql, drizzle-orm ${orm}`,
    driver: 'libsql',
    run: (deployment) => migrated(open, orm, deployment),
  }
}

/** Those that need nothing but packages of npm. */
export const migrators: readonly Migrator[] = [
  sqlJs('0.45.4'),
  sqlJs('1.0.0-rc.5'),
  libsql('0.45.4'),
  libsql('1.0.0-rc.5'),
]
