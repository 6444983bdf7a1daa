import type { Catalog } from '../../../catalog/catalog.ts'
import type { Session } from '../../effects.ts'

/**
 * Whether foreign keys act at a point of a migration. Inside a transaction `PRAGMA foreign_keys` has no
 * effect, so that only who opens the transaction can switch them off. Of Drizzle's migrators that is
 * libSQL's alone (drizzle-orm/src/libsql/migrator.ts; `client.migrate` of @libsql/client); sql.js never
 * switches them on. Where the driver is not known they count as on, as most have them, unless the code
 * that migrates switches them off on its connection first.
 */
export function foreignKeysAct({ driver, keysOff }: Session, { foreignKeysOff }: Catalog): boolean {
  if (driver === 'libsql' || driver === 'sql-js') return false
  if (keysOff && !isD1(driver)) return false
  // D1 knows no way to switch them off.
  return isD1(driver) || !foreignKeysOff
}

export function isD1(driver: string | null | undefined): boolean {
  return driver === 'd1' || driver === 'd1-http'
}
