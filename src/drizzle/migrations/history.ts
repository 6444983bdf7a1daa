import type { Tree } from '../../git/tree.ts'
import type { JournalError } from './journal.ts'
import { below, journalPath } from './layout.ts'
import type { FolderLayout, Migration, MigrationFolder } from './migration.ts'

/** A migration with all that belongs to it, present or not. */
export interface HistoryMigration extends Migration {
  readonly hasSql: boolean
  readonly hasSnapshot: boolean
  /** The journal's; null in layout 1.0. */
  readonly when: number | null
  readonly idx: number | null
}

/** A migrations folder of one tree with everything that makes it a history. */
export interface HistoryFolder {
  readonly layout: FolderLayout
  readonly path: string
  /** Path of the journal; null in layout 1.0 and where there is none. */
  readonly journal: string | null
  /** In the order of application, those without SQL too. */
  readonly migrations: readonly HistoryMigration[]
  /** SQL files that no migrator will ever run. */
  readonly orphans: readonly string[]
  /** What drizzle-kit reads as snapshots (0.x) and belongs to no migration, in its order. */
  readonly strays: readonly string[]
  /** Why the journal cannot be read; the rest is empty then. */
  readonly broken: JournalError | null
  /** The folder as a migrator sees it. */
  readonly seen: MigrationFolder
}

/** A folder whose journal cannot be read. */
export function unreadableHistory(out: string, broken: JournalError): HistoryFolder {
  const nothing = { layout: 'journal', migrations: [], orphans: [] } as const
  const seen = { ...nothing, path: out, journal: null, missing: [] }
  return { ...nothing, path: out, journal: journalPath(out), strays: [], broken, seen }
}

/** What a folder's listing adds to what a migrator sees of it. */
export function historyFolder(tree: Tree, folder: MigrationFolder): HistoryFolder {
  const { layout, path, journal, orphans } = folder
  const files = new Set(tree.list(path).map((file) => file.path))
  const named =
    layout === 'journal' ? [...folder.migrations, ...folder.missing] : foldersOf(folder, files)
  const migrations = named
    .sort((a, b) => a.position - b.position)
    .map((migration): HistoryMigration => {
      const entry = journal?.entries[migration.position]
      return {
        ...migration,
        hasSql: files.has(migration.file),
        hasSnapshot: files.has(migration.snapshot),
        when: entry?.when ?? null,
        idx: entry?.idx ?? null,
      }
    })
  const expected = new Set(migrations.map(({ snapshot }) => snapshot))
  return {
    layout,
    path,
    journal: journal?.path ?? null,
    migrations,
    orphans,
    strays: layout === 'journal' ? strays(path, files, expected) : [],
    broken: null,
    seen: folder,
  }
}

/** With those that have a snapshot but no SQL: the migrator passes over them. */
function foldersOf({ path, migrations }: MigrationFolder, files: ReadonlySet<string>): Migration[] {
  const start = path === '' ? 0 : path.length + 1
  const known = new Set(migrations.map(({ name }) => name))
  const bare = [...files].flatMap((file) => {
    const [name = '', rest, ...deeper] = file.slice(start).split('/')
    const isBare = rest === 'snapshot.json' && deeper.length === 0 && !known.has(name)
    const own = { name, file: below(path, `${name}/migration.sql`), snapshot: file, position: 0 }
    return isBare ? [own] : []
  })
  return [...migrations, ...bare]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((migration, position) => ({ ...migration, position }))
}

/** drizzle-kit 0.x takes every file in `meta/` whose name has no `_` in front for a snapshot. */
function strays(
  path: string,
  files: ReadonlySet<string>,
  expected: ReadonlySet<string>,
): readonly string[] {
  const meta = below(path, 'meta/')
  return [...files].filter((file) => {
    const name = file.slice(meta.length)
    return file.startsWith(meta) && !/^_|\//.test(name) && !expected.has(file)
  })
}
