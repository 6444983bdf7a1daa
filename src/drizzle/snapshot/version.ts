import type { DialectName } from '../../dialects/names.ts'
import { dialectOf } from '../../dialects/registry.ts'

/**
 * The version of the snapshots that a drizzle-kit reads and writes.
 *
 * @param kit - its version
 * @returns null where that is not known
 */
export function snapshotVersionOf(kit: string, dialect: DialectName): number | null {
  const { journal, candidates, folders } = dialectOf(dialect).snapshotVersions
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(kit) ?? []
  if (major === '0' && Number(minor) >= 22) return journal
  const candidate = candidateOf(kit)
  if (candidate === null) return null
  return candidate < 5 ? candidates : candidate === 5 ? folders : null
}

/** Whether a drizzle-kit is too old to read snapshots that only say what changed. */
export function isBeforeDeltas(kit: string): boolean {
  const candidate = candidateOf(kit)
  return candidate === null ? /^0\.(?:2[2-9]|[3-9]\d)\./.test(kit) : candidate < 5
}

function candidateOf(kit: string): number | null {
  const [, candidate] = /^1\.0\.0-rc\.(\d+)/.exec(kit) ?? []
  return candidate === undefined ? null : Number(candidate)
}
