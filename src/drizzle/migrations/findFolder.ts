import type { Tree } from '../../git/tree.ts'
import { ProblemError } from '../../finding/problem.ts'
import { readMigrationFolder } from './folder.ts'
import { migrationFolders } from './layout.ts'
import type { MigrationFolder } from './migration.ts'

/**
 * The state of a project's migrations folder in another tree, so that a folder which was renamed
 * in between does not make every migration look new.
 *
 * The same path wins. Else it is the folder that holds the first migration and shares the most
 * names, among those that are not still in use beside the renamed one.
 *
 * @param folder - the folder as it is in `here`
 * @param here - the tree under check
 * @param there - the tree to look in: what is deployed, or the target
 * @param read - reads a folder of `there`
 * @returns the folder in `there`; an empty one where it has none
 * @throws ProblemError where the folder's journal in `there` cannot be read
 */
export function findFolder(
  folder: MigrationFolder,
  here: Tree,
  there: Tree,
  read = (path: string): MigrationFolder => readMigrationFolder(there, path),
): MigrationFolder {
  const same = read(folder.path)
  const first = [...folder.migrations, ...folder.missing].sort((a, b) => a.position - b.position)[0]
  if (same.migrations.length + same.missing.length > 0 || !first) return same

  const kept = migrationFolders(here.list('').map(({ path }) => path))
  const candidates = [...migrationFolders(there.list('').map(({ path }) => path)).keys()]
    .filter((path) => !kept.has(path))
    .map((path) => ifReadable(() => read(path)))
    .filter((candidate): candidate is MigrationFolder => candidate !== null)
    .filter((candidate) => dialectsAgree(candidate, folder))
    .map((candidate) => ({ candidate, shared: sharedNames(candidate, folder) }))
    .filter(({ shared }) => shared.has(first.name))
    .sort((a, b) => b.shared.size - a.shared.size)
  return candidates[0]?.candidate ?? same
}

function ifReadable(read: () => MigrationFolder): MigrationFolder | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}

function dialectsAgree(a: MigrationFolder, b: MigrationFolder): boolean {
  return !a.journal?.dialect || !b.journal?.dialect || a.journal.dialect === b.journal.dialect
}

function sharedNames(a: MigrationFolder, b: MigrationFolder): ReadonlySet<string> {
  const names = new Set(b.migrations.map(({ name }) => name))
  return new Set(a.migrations.map(({ name }) => name).filter((name) => names.has(name)))
}
