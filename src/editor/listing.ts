import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { haveSameSql } from '../dialects/registry.ts'
import { readMigrationFolder } from '../drizzle/migrations/folder.ts'
import { statedDialect } from '../drizzle/find/judgedDialect.ts'
import type { MigrationFolder } from '../drizzle/migrations/migration.ts'
import type { Tree } from '../git/tree.ts'
import { createWorkingTree, walk } from '../git/workingTree.ts'
import { readSources } from '../check/sources.ts'
import { EDITOR_DIALECT, sqlEngine } from './engine.ts'
import { stampsOf } from './stamps.ts'

/** Which migrations a folder has, and how to tell that this is no longer so. */
export interface Listing {
  readonly tree: Tree
  readonly folder: MigrationFolder
  readonly foreign: boolean
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
  const folder = readMigrationFolder(tree, basename(path))
  return { tree, folder, foreign: isForeign(tree, folder), watched, stamps }
}

/** Where a folder does not say in which dialect it is (1.0 without snapshots), its quotes tell. */
function isForeign(tree: Tree, folder: MigrationFolder): boolean {
  const dialect = statedDialect(tree, folder)
  if (dialect !== null) return !haveSameSql(dialect, EDITOR_DIALECT)
  return readSources(tree, folder.migrations).sources.some(({ text }) =>
    sqlEngine().looksForeign(text),
  )
}

/** Whether a folder still has the migrations it had. What they say is another matter. */
export function isCurrent({ watched, stamps }: Listing): boolean {
  return stampsOf(watched) === stamps
}
