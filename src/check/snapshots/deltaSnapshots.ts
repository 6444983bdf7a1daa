import type { SnapshotHistory } from '../../drizzle/kit/request.ts'
import { folderOf } from '../../drizzle/find/paths.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { readSnapshotHeader } from '../../drizzle/snapshot/header.ts'
import type { Tree } from '../../git/tree.ts'
import type { Uncompared } from '../result.ts'
import type { Run } from '../families.ts'

/** Some of the snapshots of a migrations folder; its migrations have folders of their own. */
export interface WantedSnapshots {
  readonly tree: Tree
  readonly paths: readonly string[]
}

export interface WholeSnapshots {
  /** The JSON of a snapshot that only says what changed, put together; undefined for any other. */
  of(tree: Tree, path: string): unknown
  /** Of the first tree's snapshots. */
  readonly uncompared: readonly Uncompared[]
}

/** Where no snapshot builds on another. */
export const NO_DELTAS: WholeSnapshots = { of: () => undefined, uncompared: [] }

/**
 * Has the project's drizzle-kit put together what only says what changed. This takes all snapshots of
 * the folder (they are small) and a process; where none of the wanted ones is of that kind, neither.
 */
export async function putTogether(
  run: Run,
  project: Project,
  wanted: readonly [WantedSnapshots, WantedSnapshots],
): Promise<WholeSnapshots> {
  const [pending, deployed] = wanted.map(({ tree, paths }) => ({
    tree,
    ids: deltasAmong(tree, paths),
  }))
  const count = pending!.ids.size
  if (count === 0) return NO_DELTAS
  const asked = [pending!, deployed!].filter(({ ids }) => ids.size > 0)
  const { reconstruct } = await import('../../drizzle/kit/reconstruct.ts')
  const { root, after, store } = run
  const answer = await reconstruct({
    root,
    tree: after,
    project,
    histories: asked.map(historyOf),
    cache: store,
  })
  if (answer.kind === 'unknown') {
    return { of: NO_DELTAS.of, uncompared: [{ snapshots: count, reason: answer.reason }] }
  }
  return {
    of(tree, path) {
      const at = asked.findIndex((one) => one.tree === tree && one.ids.has(path))
      return answer.snapshots[at]?.[asked[at]!.ids.get(path)!]
    },
    uncompared: [],
  }
}

/** Ids of those that only say what changed, by path. */
function deltasAmong(tree: Tree, paths: readonly string[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  for (const [path, content] of paths.length === 0 ? [] : tree.readAll(paths)) {
    // drizzle-kit writes it before anything that may be large.
    if (!/"type"\s*:\s*"diff"/.test(content.toString('latin1', 0, 400))) continue
    const id = readSnapshotHeader(path, content)?.id
    if (id) ids.set(path, id)
  }
  return ids
}

function historyOf({
  tree,
  ids,
}: {
  tree: Tree
  ids: ReadonlyMap<string, string>
}): SnapshotHistory {
  const [first = ''] = ids.keys()
  const folder = folderOf(folderOf(first))
  const paths = tree
    .list(folder)
    .flatMap(({ path }) => (path.endsWith('/snapshot.json') ? [path] : []))
  const own = paths.filter((path) => folderOf(folderOf(path)) === folder)
  const files = [...tree.readAll(own)].map(
    ([path, content]) => [path, content.toString('utf8')] as const,
  )
  return { files: Object.fromEntries(files), ids: [...ids.values()] }
}
