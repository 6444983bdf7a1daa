import { type SnapshotJson, isSameSchema } from '../../drizzle/kit/schemaDifference.ts'
import { ProblemError } from '../../finding/problem.ts'
import type { Run } from '../families.ts'
import type { ProjectReading } from '../projectReading.ts'

/**
 * The files of the migrations folder that lie on disk and are not in the tree, where they would make
 * good what is missing there.
 *
 * @param current - the schema; null where it is not known as a snapshot: then any migration counts
 * @returns paths relative to the root; none where staging them would not be enough
 */
export function unstagedMigration(
  run: Run,
  reading: ProjectReading,
  current: SnapshotJson | null,
): readonly string[] {
  const { disk } = run
  const { out } = reading.project
  const tree = run.after
  const staged = tree.readAll(tree.list(out).map(({ path }) => path))
  const files = disk
    .list(out)
    .map(({ path }) => path)
    .filter((path) => {
      const content = staged.get(path)
      return content === undefined || disk.read(path)?.equals(content) === false
    })
  if (!files.some((file) => file.endsWith('.sql') || file.endsWith('.json'))) return []
  if (current === null) return files
  try {
    const { snapshot, incomplete } = reading.latestSnapshot(disk)
    const isEnough = incomplete.length === 0 && snapshot !== null && isSameSchema(snapshot, current)
    return isEnough ? files : []
  } catch (error) {
    if (error instanceof ProblemError) return []
    throw error
  }
}
