import type { Tree, TreeFile } from '../../git/tree.ts'
import { parseJournal } from './journal.ts'
import type { Journal } from './journal.ts'
import { below, journalPath, migrationFolders, snapshotPath, sqlPath } from './layout.ts'
import type { Migration, MigrationFolder } from './migration.ts'
import { placeSnapshots } from './placeSnapshots.ts'

/**
 * What the migrator would find in a migrations folder of one tree. A folder that does not exist is
 * an empty one: a new project has no migrations yet.
 *
 * Both layouts follow the migrators of drizzle-orm 0.45 and 1.0.0-rc.5: the journal in file order
 * (0.x), or every folder with a `migration.sql` by name (1.0). Neither looks at other files.
 *
 * @param tree - where to look
 * @param out - the folder, relative to the root
 * @throws ProblemError for a journal that cannot be read
 */
export function readMigrationFolder(tree: Tree, out: string): MigrationFolder {
  const files = tree.list(out)
  const layouts = migrationFolders(files.map(({ path }) => path))
  if (layouts.get(out) === 'folders') return readFolders(files, out, layouts)

  const journal = readJournal(tree, out)
  return journal === null
    ? { ...NOTHING, path: out, orphans: sqlIn(files, out) }
    : readJournaled(tree, files, out, journal)
}

/**
 * The journal of a folder; null where it has none.
 *
 * @throws ProblemError where it cannot be read
 */
export function readJournal(tree: Tree, out: string): Journal | null {
  const path = journalPath(out)
  const content = tree.read(path)
  return content ? parseJournal(content.toString('utf8'), path, tree.label) : null
}

const NOTHING = { layout: 'journal', journal: null, migrations: [], missing: [] } as const

function readJournaled(
  tree: Tree,
  files: readonly TreeFile[],
  out: string,
  journal: Journal,
): MigrationFolder {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const migrations: Migration[] = []
  const missing: Migration[] = []
  const named = new Set<string>()
  const snapshots = placeSnapshots(
    tree,
    out,
    journal.entries.map(({ tag }) => tag),
    files.map(({ path }) => path),
  )
  journal.entries.forEach(({ tag }, position) => {
    const file = sqlPath(out, 'journal', tag)
    const found = byPath.get(file)
    const snapshot = snapshots[position]!
    named.add(file)
    if (found) migrations.push({ name: tag, file, snapshot, position, ...blob(found) })
    else missing.push({ name: tag, file, snapshot, position })
  })
  const orphans = sqlIn(files, out).filter((path) => !named.has(path))
  return { layout: 'journal', path: out, journal, migrations, orphans, missing }
}

function readFolders(
  files: readonly TreeFile[],
  out: string,
  layouts: ReadonlyMap<string, unknown>,
): MigrationFolder {
  const found: { name: string; file: TreeFile }[] = []
  const orphans = sqlIn(files, out)
  const start = out === '' ? 0 : out.length + 1
  for (const file of files) {
    const [name = '', rest, ...deeper] = file.path.slice(start).split('/')
    if (rest === undefined || deeper.length > 0 || !rest.endsWith('.sql')) continue
    if (rest === 'migration.sql') found.push({ name, file })
    // A folder of migrations inside this one is another project's.
    else if (!layouts.has(below(out, name))) orphans.push(file.path)
  }
  // The paths' order is another one: '/' sorts after '-'.
  found.sort((a, b) => (a.name < b.name ? -1 : 1))
  const migrations = found.map(({ name, file }, position): Migration => ({
    name,
    file: file.path,
    snapshot: snapshotPath(out, 'folders', name),
    position,
    ...blob(file),
  }))
  return { layout: 'folders', path: out, journal: null, migrations, orphans, missing: [] }
}

function sqlIn(files: readonly TreeFile[], folder: string): string[] {
  const start = folder === '' ? 0 : folder.length + 1
  return files
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.sql') && !path.includes('/', start))
}

function blob(file: TreeFile): { readonly blob?: string } {
  return file.blob === undefined ? {} : { blob: file.blob }
}
