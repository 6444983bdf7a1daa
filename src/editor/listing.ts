import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DialectName } from '../dialects/names.ts'
import { readMigrationFolder } from '../drizzle/migrations/folder.ts'
import { journalDialect, snapshotDialect } from '../drizzle/find/judgedDialect.ts'
import type { MigrationFolder } from '../drizzle/migrations/migration.ts'
import type { Tree } from '../git/tree.ts'
import { createWorkingTree, walk } from '../git/workingTree.ts'
import { runByName } from '../check/runByName.ts'
import { stampsOf } from './stamps.ts'

/** Which migrations a folder has, and how to tell that this is no longer so. */
export interface Listing {
  readonly tree: Tree
  readonly folder: MigrationFolder
  /** What the journal says, and what the last snapshot does. */
  readonly dialects: { readonly journal: DialectName | null; readonly snapshot: DialectName | null }
  readonly watched: readonly string[]
  readonly stamps: string
}

/**
 * Lists a migrations folder, as it is on disk.
 *
 * @param path - absolute
 * @throws ProblemError for a journal that cannot be read
 */
export function list(path: string): Listing {
  const root = dirname(path)
  const tree = createWorkingTree(root, walk(root))
  const below = existsSync(path) ? readdirSync(path, { withFileTypes: true }) : []
  const folders = below.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name))
  const watched = [path, join(path, 'meta/_journal.json'), ...folders]
  const stamps = stampsOf(watched)
  const folder = runByName(tree, readMigrationFolder(tree, basename(path)))
  const dialects = {
    journal: journalDialect(tree, folder),
    snapshot: folder.layout === 'journal' ? null : snapshotDialect(tree, folder),
  }
  return { tree, folder, dialects, watched, stamps }
}

/** Whether a folder still has the migrations it had. What they say is another matter. */
export function isCurrent({ watched, stamps }: Listing): boolean {
  return stampsOf(watched) === stamps
}
