import { basename } from 'node:path/posix'
import { fileRunner } from '../drizzle/find/fileRunner.ts'
import { snapshotPath } from '../drizzle/migrations/layout.ts'
import type { Migration, MigrationFolder } from '../drizzle/migrations/migration.ts'
import type { Tree } from '../git/tree.ts'

/**
 * A migrations folder as it is run: where wrangler or Alchemy does that, every SQL file in the order of
 * the names, whether the journal lists it or not.
 */
export function runByName(tree: Tree, folder: MigrationFolder): MigrationFolder {
  const { layout, path, orphans } = folder
  if (layout !== 'journal' || orphans.length === 0 || fileRunner(tree, path) === null) return folder
  const blobs = new Map(tree.list(path).map((file) => [file.path, file.blob]))
  const unlisted = orphans.map((file) => {
    const name = basename(file, '.sql')
    const blob = blobs.get(file)
    const snapshot = snapshotPath(path, 'journal', name)
    return { name, file, snapshot, position: 0, ...(blob === undefined ? {} : { blob }) }
  })
  const migrations = [...folder.migrations, ...unlisted]
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .map((migration, position): Migration => ({ ...migration, position }))
  return { ...folder, migrations, orphans: [] }
}
