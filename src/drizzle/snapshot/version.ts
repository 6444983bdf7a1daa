import type { DialectName } from '../../dialects/names.ts'

/** Snapshot versions of drizzle-kit 0.22 to 0.31 (`version` in what generate writes). */
const JOURNALED: Readonly<Partial<Record<DialectName, number>>> = {
  postgresql: 7,
  mysql: 5,
  sqlite: 6,
  turso: 6,
  singlestore: 1,
}

/** Snapshot versions of drizzle-kit 1.0.0-rc.5. */
const FOLDERS: Readonly<Partial<Record<DialectName, number>>> = {
  postgresql: 9,
  mysql: 6,
  sqlite: 7,
  turso: 7,
  singlestore: 2,
}

/**
 * The version of the snapshots that a drizzle-kit reads and writes.
 *
 * @param kit - its version
 * @returns null where that is not known
 */
export function snapshotVersionOf(kit: string, dialect: DialectName): number | null {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(kit) ?? []
  if (major === '0' && Number(minor) >= 22) return JOURNALED[dialect] ?? null
  const [, candidate] = /^1\.0\.0-rc\.(\d+)/.exec(kit) ?? []
  if (candidate === undefined) return null
  if (dialect === 'postgresql' && Number(candidate) < 5) return 8
  return Number(candidate) === 5 ? (FOLDERS[dialect] ?? null) : null
}
