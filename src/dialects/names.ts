/** The dialects of drizzle-kit, as its config names them. */
export type DialectName =
  'postgresql' | 'mysql' | 'sqlite' | 'turso' | 'singlestore' | 'gel' | 'mssql' | 'cockroach'

/** The dialects that have an SQL of their own: Turso's is SQLite's. */
export type BaseName = Exclude<DialectName, 'turso'>
