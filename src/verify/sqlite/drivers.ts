import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { versionAt } from '../installedVersion.ts'
import type { Connection, Driver } from './connection.ts'

/** What better-sqlite3, libsql and node:sqlite have in common. */
interface Database {
  prepare(sql: string): { all(): unknown[]; run(): unknown }
  exec(sql: string): unknown
  close(): void
}

/** What is used of sql.js. */
interface SqlJs {
  readonly Database: new (data?: Uint8Array) => {
    prepare(sql: string): {
      run(): unknown
      step(): boolean
      getAsObject(): Record<string, unknown>
      free(): void
    }
    run(sql: string): unknown
    export(): Uint8Array
    close(): void
  }
}

type Load = (from: string) => Promise<Driver | null> | Driver | null

/** By the name that `Client.name` has of who migrates; each null where it is not installed. */
const DRIVERS = {
  'better-sqlite3': betterSqlite,
  libsql,
  'node-sqlite': nodeSqlite,
  'sql-js': sqlJs,
} satisfies Readonly<Record<string, Load>>

export type DriverName = keyof typeof DRIVERS

/** Whether a client of a project can be had as it is; the others have none in this process. */
export function isDriverName(name: string): name is DriverName {
  return Object.hasOwn(DRIVERS, name)
}

/**
 * The first of these drivers that is installed and can be loaded.
 *
 * @param names - in the order of preference
 * @param from - folders whose node_modules are asked, absolute
 */
export async function loadDriver(
  names: readonly DriverName[],
  from: readonly string[],
): Promise<{ readonly name: DriverName; readonly driver: Driver } | null> {
  for (const name of names) {
    for (const folder of from) {
      try {
        const driver = await DRIVERS[name](folder)
        if (driver !== null) return { name, driver }
      } catch {
        // Not installed; or not compiled for this Node, which another driver makes up for.
      }
    }
  }
  return null
}

/** All that can open a file, the ones that are cheap to load first. */
export const ALL_DRIVERS = Object.keys(DRIVERS) as readonly DriverName[]

function betterSqlite(folder: string): Driver {
  const require = requireFrom(folder)
  const Class = require('better-sqlite3') as new (file: string, options: object) => Database
  return {
    name: named(require, 'better-sqlite3'),
    open: (file, access) => {
      const readonly = access === 'read'
      return through(new Class(file, { readonly, fileMustExist: readonly }))
    },
  }
}

/** The package under @libsql/client; a connection that may not write has no other way than the URI. */
function libsql(folder: string): Driver {
  const require = createRequire(requireFrom(folder).resolve('@libsql/client'))
  // eslint-disable-next-line import-x/no-extraneous-dependencies -- the project's own, if it has it
  const Class = require('libsql') as new (file: string) => Database
  return {
    name: named(require, 'libsql'),
    open: (file, access) =>
      through(new Class(access === 'read' ? `${pathToFileURL(file).href}?mode=ro` : file)),
  }
}

function nodeSqlite(): Driver | null {
  const module = quietly(() => process.getBuiltinModule('node:sqlite')) as
    { DatabaseSync: new (file: string, options: object) => Database } | undefined
  if (module === undefined) return null
  return {
    name: `node:sqlite of Node ${process.versions.node}`,
    open: (file, access) => through(new module.DatabaseSync(file, { readOnly: access === 'read' })),
  }
}

/**
 * What it opens is a copy in memory, which nothing of the write-ahead log is in; it is written to the file
 * when it is closed.
 */
async function sqlJs(folder: string): Promise<Driver> {
  const require = requireFrom(folder)
  const init = require('sql.js') as () => Promise<SqlJs>
  const { Database } = await init()
  return {
    name: named(require, 'sql.js'),
    open(file, access): Connection {
      if (access === 'read' && statSync(`${file}-wal`, { throwIfNoEntry: false })?.size) {
        throw new Error('sql.js cannot read what is in its write-ahead log')
      }
      const isThere = statSync(file, { throwIfNoEntry: false }) !== undefined
      const database = new Database(isThere ? readFileSync(file) : undefined)
      const using = <T>(sql: string, use: (statement: Statement) => T): T => {
        const statement = database.prepare(sql)
        try {
          return use(statement)
        } finally {
          statement.free()
        }
      }
      return {
        all: (sql) =>
          using(sql, (statement) => {
            const rows: Record<string, unknown>[] = []
            while (statement.step()) rows.push(statement.getAsObject())
            return rows
          }),
        run: (sql) => void using(sql, (statement) => statement.run()),
        exec: (sql) => void database.run(sql),
        close() {
          if (access === 'write') writeFileSync(file, database.export())
          database.close()
        },
      }
    },
  }
}

type Statement = ReturnType<InstanceType<SqlJs['Database']>['prepare']>

function through(database: Database): Connection {
  return {
    all: (sql) => database.prepare(sql).all() as Record<string, unknown>[],
    run: (sql) => void database.prepare(sql).run(),
    exec: (sql) => void database.exec(sql),
    close: () => database.close(),
  }
}

function requireFrom(folder: string): NodeJS.Require {
  return createRequire(join(folder, 'package.json'))
}

/** A package with its version. */
function named(require: NodeJS.Require, name: string): string {
  return `${name} ${versionAt(require.resolve(name), name) ?? ''}`.trim()
}

/** Without the warning that it is experimental: nobody who reads a report has chosen it. */
function quietly<T>(load: () => T): T {
  const warn = process.emitWarning
  process.emitWarning = () => undefined
  try {
    return load()
  } finally {
    process.emitWarning = warn
  }
}
