import { createRequire } from 'node:module'

/** sql.js, as far as the tests use it. */
export interface Database {
  run(sql: string): void
  exec(sql: string): { values: unknown[][] }[]
  prepare(sql: string): { free(): void }
  close(): void
}

interface SqlJs {
  Database: new () => Database
}

const load = createRequire(import.meta.url)('sql.js') as () => Promise<SqlJs>
let loaded: Promise<SqlJs> | undefined

/** An empty database of SQLite (3.54, in this process), with foreign keys on. */
export async function newDatabase(): Promise<Database> {
  loaded ??= load()
  const { Database } = await loaded
  const database = new Database()
  database.run('PRAGMA foreign_keys = ON')
  return database
}

/** How a migration ends that is run as Drizzle's migrators run it: the error's message, or null. */
export function migrate(database: Database, statements: readonly string[]): string | null {
  database.run('BEGIN')
  try {
    for (const statement of statements) database.run(statement)
    database.run('COMMIT')
    return null
  } catch (error) {
    try {
      database.run('ROLLBACK')
    } catch {
      // COMMIT or ROLLBACK in the migration has ended it.
    }
    return (error as Error).message
  }
}

/** The first value of the first row. */
export function valueOf(database: Database, sql: string): unknown {
  return database.exec(sql)[0]?.values[0]?.[0]
}
