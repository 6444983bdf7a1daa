/** What links a snapshot to the others; the schema in it is not looked at. */
export interface SnapshotHeader {
  /** Relative to the root. */
  readonly path: string
  readonly id: string | null
  /** 0.x has one parent, 1.0 several where branches were merged. */
  readonly prevIds: readonly string[]
  readonly version: string | null
}

/** What the first snapshot of a history names as its parent. */
export const ROOT_ID = '00000000-0000-0000-0000-000000000000'

/** drizzle-kit writes the links before the schema, which may be megabytes. */
const HEAD = 2000

/**
 * Reads a snapshot's header; of what drizzle-kit writes only the beginning is looked at.
 *
 * @returns null where it is no JSON object
 */
export function readSnapshotHeader(path: string, content: Buffer): SnapshotHeader | null {
  return fromHead(path, content.toString('latin1', 0, HEAD)) ?? fromWhole(path, content)
}

function fromHead(path: string, text: string): SnapshotHeader | null {
  const end = text.search(/"(?:tables|ddl|deltas|footprints|enums|views)"\s*:/)
  if (end < 0) return null
  const head = text.slice(0, end)
  const [, id] = /"id"\s*:\s*"([^"\\]*)"/.exec(head) ?? []
  const [, prevId] = /"prevId"\s*:\s*"([^"\\]*)"/.exec(head) ?? []
  const [, prevIds] = /"prevIds"\s*:\s*\[([^\]]*)\]/.exec(head) ?? []
  const [, version] = /"version"\s*:\s*"(\w*)"/.exec(head) ?? []
  if (id === undefined || version === undefined) return null
  if (prevId !== undefined) return { path, id, prevIds: [prevId], version }
  if (prevIds === undefined) return null
  return {
    path,
    id,
    prevIds: [...prevIds.matchAll(/"([^"]*)"/g)].map(([, one = '']) => one),
    version,
  }
}

function fromWhole(path: string, content: Buffer): SnapshotHeader | null {
  try {
    const json: unknown = JSON.parse(content.toString('utf8').replace(/^\uFEFF/, ''))
    if (json === null || typeof json !== 'object' || Array.isArray(json)) return null
    const { id, prevId, prevIds, version } = json as Record<string, unknown>
    const parents = Array.isArray(prevIds) ? (prevIds as unknown[]) : [prevId]
    return {
      path,
      id: typeof id === 'string' ? id : null,
      prevIds: parents.filter((parent) => typeof parent === 'string'),
      version: typeof version === 'string' ? version : null,
    }
  } catch {
    return null
  }
}
