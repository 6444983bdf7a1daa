import type { Catalog } from '../../../catalog/catalog.ts'

/** Under what circumstances migrations run on SQLite. */
export interface SqliteSession {
  /**
   * Whether foreign keys act while the migrations run. Inside a transaction `PRAGMA foreign_keys` has
   * no effect, so that only who opens the transaction can switch them off.
   */
  readonly foreignKeys: boolean
  /** Who runs them, as far as that is known. */
  readonly driver: SqliteDriver | null
  readonly transaction: 'deployment' | 'migration' | 'none'
}

export type SqliteDriver =
  | 'better-sqlite3'
  | 'bun-sqlite'
  | 'd1'
  | 'durable-sqlite'
  | 'expo'
  | 'libsql'
  | 'node-sqlite'
  | 'op-sqlite'
  | 'sql-js'
  | 'sqlite-cloud'
  | 'tursodatabase'

/** Whether foreign keys act at a point of a migration. */
export function foreignKeysAct(
  { foreignKeys, driver }: SqliteSession,
  { foreignKeysOff }: Catalog,
): boolean {
  // D1 knows no way to switch them off.
  return foreignKeys && (driver === 'd1' || !foreignKeysOff)
}
