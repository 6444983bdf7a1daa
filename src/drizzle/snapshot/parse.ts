import { dialectSpelled } from '../../dialects/registry.ts'
import { readFlat } from './flat.ts'
import { isRecord } from '../../json/isRecord.ts'
import { text } from './json.ts'
import { readNested } from './nested.ts'
import { SimilarJson } from './similarJson.ts'
import type { Snapshot } from './snapshot.ts'

const NESTED = new Set(['5', '6', '7'])
const FLAT = new Set(['8', '9'])

/**
 * Reads a PostgreSQL snapshot: versions 5 to 7 of drizzle-kit 0.x, version 8 of 1.0 up to rc.4, and of
 * version 9 (rc.5) the first one of a folder. The others hold differences that only the kit itself can
 * put together (kit/reconstruct.ts).
 *
 * @param parser - shared by the snapshots of one folder
 * @returns null where it cannot be told what the file says: another version or dialect, broken JSON
 */
export function parseSnapshot(
  content: string | Buffer,
  parser = new SimilarJson(),
): Snapshot | null {
  let json: unknown
  try {
    json = parser.parse(typeof content === 'string' ? Buffer.from(content) : content)
  } catch {
    return null
  }
  return snapshotOf(json)
}

/** Reads a snapshot's JSON, as `parseSnapshot` reads its text. */
export function snapshotOf(json: unknown): Snapshot | null {
  if (!isRecord(json) || dialectSpelled(text(json['dialect'])) !== 'postgresql') return null
  const version = String(json['version'])
  if (NESTED.has(version)) return isRecord(json['tables']) ? readNested(json) : null
  return FLAT.has(version) && Array.isArray(json['ddl']) ? readFlat(json) : null
}
