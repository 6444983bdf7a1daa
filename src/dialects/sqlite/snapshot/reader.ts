import type { Catalog } from '../../../catalog/catalog.ts'
import { isRecord } from '../../../json/isRecord.ts'
import { text } from '../../snapshot/json.ts'
import { KnownTables } from '../../snapshot/knownTables.ts'
import type { SnapshotReader } from '../../snapshot/reader.ts'
import { snapshotCatalog } from './catalog.ts'
import { readFlat } from './flat.ts'
import { readNested } from './nested.ts'
import type { Snapshot, SnapshotTable } from './snapshot.ts'

/** Turso's snapshots are SQLite's and say so; a config's dialect is not looked at. */
const SPELLINGS = new Set(['sqlite', 'turso'])

/**
 * Reads SQLite's snapshots: versions 5 and 6 of drizzle-kit 0.x, version 7 of 1.0.
 *
 * @param empty - the database before the first migration
 */
export function sqliteSnapshots(empty: Catalog): SnapshotReader {
  const known = new KnownTables<SnapshotTable>()
  return {
    read(json) {
      const snapshot = snapshotOf(json)
      if (snapshot === null) return null
      const { id, parents } = snapshot
      return { id, parents, ...snapshotCatalog(empty, snapshot, known) }
    },
  }
}

function snapshotOf(json: unknown): Snapshot | null {
  if (!isRecord(json) || !SPELLINGS.has(text(json['dialect']))) return null
  const version = String(json['version'])
  if (version === '5' || version === '6') return isRecord(json['tables']) ? readNested(json) : null
  return version === '7' && Array.isArray(json['ddl']) ? readFlat(json) : null
}
