import type { ReadSnapshot, SnapshotReader } from '../../dialects/snapshot/reader.ts'
import { SimilarJson } from './similarJson.ts'

/**
 * Reads a snapshot from the text of its file.
 *
 * @param reader - the dialect's, shared by the snapshots of one folder
 * @param parser - likewise
 * @returns null where it cannot be told what the file says: another version or dialect, broken JSON
 */
export function parseSnapshot(
  reader: SnapshotReader,
  content: string | Buffer,
  parser = new SimilarJson(),
): ReadSnapshot | null {
  let json: unknown
  try {
    json = parser.parse(typeof content === 'string' ? Buffer.from(content) : content)
  } catch {
    return null
  }
  return reader.read(json)
}
