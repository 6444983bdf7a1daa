import type { Tree } from '../../git/tree.ts'
import type { FolderLayout } from './migration.ts'

/** What marks a folder of migrations of drizzle-kit 0.x. */
const JOURNAL = 'meta/_journal.json'

/** What every migration of drizzle-kit 1.0 has in a folder of its own. */
const MIGRATION = 'migration.sql'

/** Lies in Prisma's folder, whose migrations otherwise look like those of drizzle-kit 1.0. */
const PRISMA = 'migration_lock.toml'

/** The journal of a migrations folder, wherever it lies. */
export function journalPath(folder: string): string {
  return below(folder, JOURNAL)
}

/** The SQL of a migration. */
export function sqlPath(folder: string, layout: FolderLayout, name: string): string {
  return below(folder, layout === 'journal' ? `${name}.sql` : `${name}/${MIGRATION}`)
}

/**
 * Where drizzle-kit puts the snapshot of a migration: 0.x names it by the tag's prefix (facts on
 * disk formats: `0007_name` has `meta/0007_snapshot.json`), 1.0 beside the SQL.
 */
export function snapshotPath(folder: string, layout: FolderLayout, name: string): string {
  return layout === 'journal'
    ? below(folder, `meta/${name.split('_')[0]}_snapshot.json`)
    : below(folder, `${name}/snapshot.json`)
}

/** A path in a folder that may be the root. */
export function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}

/**
 * All migrations folders among some files, with their layouts; a journal decides where a folder
 * has both.
 *
 * @param paths - relative to the root
 */
export function migrationFolders(paths: Iterable<string>): ReadonlyMap<string, FolderLayout> {
  const folders = new Map<string, FolderLayout>()
  const prisma = new Set<string>()
  for (const path of paths) {
    if (path.endsWith('.json')) {
      const folder = strip(path, JOURNAL)
      if (folder !== null) folders.set(folder, 'journal')
    } else if (path.endsWith('.sql')) {
      const migration = strip(path, MIGRATION)
      if (migration === null || migration === '') continue
      const folder = migration.slice(0, Math.max(migration.lastIndexOf('/'), 0))
      if (!folders.has(folder)) folders.set(folder, 'folders')
    } else if (path.endsWith('.toml')) {
      const folder = strip(path, PRISMA)
      if (folder !== null) prisma.add(folder)
    }
  }
  for (const folder of prisma) if (folders.get(folder) === 'folders') folders.delete(folder)
  return folders
}

/** Whether a folder of a tree holds migrations that a migrator would see. */
export function hasMigrations(tree: Tree, folder: string): boolean {
  const journal = journalPath(folder)
  return tree.list(folder).some(({ path }) => path === journal || path.endsWith(`/${MIGRATION}`))
}

function strip(path: string, end: string): string | null {
  if (path === end) return ''
  return path.endsWith(`/${end}`) ? path.slice(0, -end.length - 1) : null
}
