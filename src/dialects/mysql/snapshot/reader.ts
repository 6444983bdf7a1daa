import type { Catalog } from '../../../catalog/catalog.ts'
import { isRecord } from '../../../json/isRecord.ts'
import { KnownTables } from '../../snapshot/knownTables.ts'
import type { SnapshotReader } from '../../snapshot/reader.ts'
import { snapshotCatalog } from './catalog.ts'
import { readFlat } from './flat.ts'
import { readNested } from './nested.ts'
import type { Snapshot, SnapshotTable } from './snapshot.ts'

/**
 * Reads MySQL's snapshots: version 5 of drizzle-kit 0.x, version 6 of 1.0.
 *
 * @param empty - the database before the first migration
 */
export function mysqlSnapshots(empty: Catalog): SnapshotReader {
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
  if (!isRecord(json) || json['dialect'] !== 'mysql') return null
  const version = String(json['version'])
  if (version === '5') return isRecord(json['tables']) ? readNested(json) : null
  return version === '6' && Array.isArray(json['ddl']) ? readFlat(json) : null
}
