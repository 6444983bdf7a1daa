import { isRecord } from '../../../json/isRecord.ts'
import type { Catalog } from '../../../catalog/catalog.ts'
import type { SqlReader } from '../../../catalog/reader.ts'
import { text } from '../../snapshot/json.ts'
import { KnownTables } from '../../snapshot/knownTables.ts'
import type { SnapshotReader } from '../../snapshot/reader.ts'
import { snapshotCatalog } from './catalog.ts'
import { readFlat } from './flat.ts'
import { readNested } from './nested.ts'
import type { Snapshot, SnapshotTable } from './snapshot.ts'

const NESTED = new Set(['5', '6', '7'])
const FLAT = new Set(['8', '9'])
/** As snapshots of 0.x, before 0.21, and of 1.0 spell it. */
const SPELLINGS = new Set(['postgresql', 'pg', 'postgres'])

/**
 * Reads PostgreSQL's snapshots: versions 5 to 7 of drizzle-kit 0.x, version 8 of 1.0 up to rc.4, and of
 * version 9 (rc.5) the first one of a folder. The others hold differences that only the kit itself can
 * put together.
 *
 * @param readerFor - reads the types and expressions, whose bare names may mean the catalog's types
 */
export function postgresSnapshots(readerFor: (catalog: Catalog) => SqlReader): SnapshotReader {
  const known = new KnownTables<SnapshotTable>()
  return {
    read(json) {
      const snapshot = snapshotOf(json)
      if (snapshot === null) return null
      const { id, parents } = snapshot
      return { id, parents, ...snapshotCatalog(snapshot, readerFor, known) }
    },
  }
}

function snapshotOf(json: unknown): Snapshot | null {
  if (!isRecord(json) || !SPELLINGS.has(text(json['dialect']))) return null
  const version = String(json['version'])
  if (NESTED.has(version)) return isRecord(json['tables']) ? readNested(json) : null
  return FLAT.has(version) && Array.isArray(json['ddl']) ? readFlat(json) : null
}
