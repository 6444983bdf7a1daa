import type { Catalog } from '../../catalog/catalog.ts'
import type { Engine } from '../../dialects/dialect.ts'
import { readSnapshotHeader } from '../../drizzle/snapshot/header.ts'
import { parseSnapshot } from '../../drizzle/snapshot/parse.ts'
import type { Tree } from '../../git/tree.ts'
import type { Run } from '../families.ts'
import type { ProjectReading } from '../projectReading.ts'
import { putTogether } from '../snapshots/deltaSnapshots.ts'

/**
 * The database that the newest snapshot of a tree describes: what drizzle-kit compares with.
 *
 * @returns null where it cannot be read, or where branches left several newest ones
 */
export async function newestCatalog(
  run: Run,
  reading: ProjectReading,
  engine: Engine,
  tree: Tree,
): Promise<Catalog | null> {
  const folder = reading.folderAt(tree)
  const reader = engine.snapshots()
  if (folder.layout === 'journal') {
    const { file, snapshot } = reading.latestSnapshot(tree)
    if (file === null) return engine.emptyCatalog
    const read = () => reader.read(snapshot)
    return reading.startSnapshot(tree, file, read)?.catalog ?? null
  }
  const paths = folder.migrations.map(({ snapshot }) => snapshot)
  const contents = tree.readAll(paths)
  const headers = paths.flatMap((path) => {
    const content = contents.get(path)
    return (content && readSnapshotHeader(path, content)) ?? []
  })
  const parents = new Set(headers.flatMap(({ prevIds }) => prevIds))
  const [newest, ...others] = headers.filter(({ id }) => id === null || !parents.has(id))
  if (newest === undefined || others.length > 0)
    return headers.length === 0 ? engine.emptyCatalog : null
  const { path } = newest
  const deltas = await putTogether(run, reading.project, [
    { tree, paths: [path] },
    { tree, paths: [] },
  ])
  if (deltas.uncompared.length > 0) return null
  const whole = deltas.of(tree, path)
  const snapshot =
    whole === undefined ? parseSnapshot(reader, contents.get(path)!) : reader.read(whole)
  return snapshot?.catalog ?? null
}
