/** The dialects of drizzle-kit, as its config names them. */
export type Dialect = 'postgresql' | 'mysql' | 'sqlite' | 'turso' | 'singlestore' | 'gel'

const DIALECTS: ReadonlyMap<string, Dialect> = new Map([
  ['postgresql', 'postgresql'],
  // Written by drizzle-kit before 0.21 and, as `postgres`, by 1.0's snapshots.
  ['pg', 'postgresql'],
  ['postgres', 'postgresql'],
  ['mysql', 'mysql'],
  ['sqlite', 'sqlite'],
  ['turso', 'turso'],
  ['singlestore', 'singlestore'],
  ['gel', 'gel'],
])

const DRIVERS: ReadonlyMap<string, Dialect> = new Map([
  ['pg', 'postgresql'],
  ['aws-data-api', 'postgresql'],
  ['pglite', 'postgresql'],
  ['mysql2', 'mysql'],
  ['better-sqlite', 'sqlite'],
  ['better-sqlite3', 'sqlite'],
  ['libsql', 'sqlite'],
  ['turso', 'sqlite'],
  ['d1', 'sqlite'],
  ['d1-http', 'sqlite'],
  ['expo', 'sqlite'],
  ['durable-sqlite', 'sqlite'],
  ['sqlite-cloud', 'sqlite'],
])

/** A dialect as a config, journal or snapshot of any drizzle-kit spells it. */
export function toDialect(name: string): Dialect | null {
  return DIALECTS.get(name) ?? null
}

/** The dialect of a config's `driver`, which is all that configs before drizzle-kit 0.21 have. */
export function dialectOfDriver(driver: string): Dialect | null {
  return DRIVERS.get(driver) ?? null
}

/** Whether a dialect's SQL is that of another: Turso is SQLite. */
export function sameSql(a: Dialect, b: Dialect): boolean {
  const base = (dialect: Dialect): Dialect => (dialect === 'turso' ? 'sqlite' : dialect)
  return base(a) === base(b)
}
