import type { HistoryFolder } from '../../drizzle/migrations/history.ts'
import { ROOT_ID, type SnapshotHeader, readSnapshotHeader } from '../../drizzle/snapshot/header.ts'
import type { Tree } from '../../git/tree.ts'

/** Snapshots by path, in the order of their migrations. */
export interface Snapshots {
  readonly headers: ReadonlyMap<string, SnapshotHeader>
  readonly contents: ReadonlyMap<string, Buffer>
  /** Whether these are all there are; not where one cannot be read. */
  readonly isComplete: boolean
}

/**
 * Reads how a folder's snapshots are linked.
 *
 * @param touched - only these and their neighbours are read, unless one of them does not stand on the
 *   snapshot right before it: then something is wrong, and it takes all of them to say what
 */
export function readSnapshots(
  tree: Tree,
  folder: HistoryFolder,
  touched: ReadonlySet<string> | null,
): Snapshots {
  const paths = snapshotPaths(folder)
  const whole = (some: Omit<Snapshots, 'isComplete'>): Snapshots => ({
    ...some,
    isComplete: some.headers.size === paths.length,
  })
  if (touched === null) return whole(read(tree, paths))
  const isNear = (i: number): boolean =>
    [i - 1, i, i + 1].some((at) => touched.has(paths[at] ?? '')) || i === paths.length - 1
  const near = read(
    tree,
    paths.filter((_, i) => isNear(i)),
  )
  const isSound = paths.every((path, i) => {
    const header = near.headers.get(path)
    if (!touched.has(path) || !header) return true
    const before = i === 0 ? ROOT_ID : near.headers.get(paths[i - 1] ?? '')?.id
    return header.prevIds.length === 1 && header.prevIds[0] === before
  })
  return whole(isSound ? near : read(tree, paths))
}

/** Headers of what only the tip of the production branch has. */
export function otherSnapshots(
  tree: Tree,
  target: HistoryFolder,
  deployed: HistoryFolder | null,
  after: HistoryFolder,
): ReadonlyMap<string, SnapshotHeader> {
  const known = new Set(
    [deployed, after].flatMap((folder) => folder?.migrations.map(({ name }) => name) ?? []),
  )
  const paths = target.migrations
    .filter(({ name, hasSnapshot }) => hasSnapshot && !known.has(name))
    .map(({ snapshot }) => snapshot)
  return read(tree, paths).headers
}

function snapshotPaths({ migrations }: HistoryFolder): readonly string[] {
  const present = migrations.filter(({ hasSnapshot }) => hasSnapshot)
  return [...new Set(present.map(({ snapshot }) => snapshot))]
}

function read(tree: Tree, paths: readonly string[]): Omit<Snapshots, 'isComplete'> {
  const contents = paths.length === 0 ? new Map<string, Buffer>() : tree.readAll(paths)
  const headers = new Map<string, SnapshotHeader>()
  for (const path of paths) {
    const content = contents.get(path)
    const header = content && readSnapshotHeader(path, content)
    if (header) headers.set(path, header)
  }
  return { headers, contents }
}
