import { cockroach } from './cockroach/dialect.ts'
import type { Dialect } from './dialect.ts'
import { gel } from './gel/dialect.ts'
import { mssql } from './mssql/dialect.ts'
import { mysql } from './mysql/dialect.ts'
import type { DialectName } from './names.ts'
import { postgresql } from './postgres/dialect.ts'
import { singlestore } from './singlestore/dialect.ts'
import { sqlite, turso } from './sqlite/dialect.ts'

const BY_NAME = {
  postgresql,
  mysql,
  sqlite,
  turso,
  singlestore,
  gel,
  mssql,
  cockroach,
} satisfies Readonly<Record<DialectName, Dialect>>

/** Every dialect of drizzle-kit, those too whose SQL is not judged yet. */
export const dialects: readonly Dialect[] = Object.values(BY_NAME)

/** The dialect of a name. */
export function dialectOf(name: DialectName): Dialect {
  return BY_NAME[name]
}

/** The dialect that a config, journal or snapshot of any drizzle-kit spells so; null for none. */
export function dialectSpelled(name: string): DialectName | null {
  return (
    dialects.find((dialect) => dialect.name === name || dialect.aliases.includes(name))?.name ??
    null
  )
}

/** The dialect of a config's `driver`, which is all that configs before drizzle-kit 0.21 have. */
export function dialectOfDriver(driver: string): DialectName | null {
  return dialects.find(({ drivers }) => drivers.includes(driver))?.name ?? null
}

/** Whether two dialects have the same SQL: Turso's is SQLite's. */
export function haveSameSql(a: DialectName, b: DialectName): boolean {
  return dialectOf(a).base === dialectOf(b).base
}
