import type { Tree } from '../../git/tree.ts'
import { below, snapshotPath, sqlPath } from '../migrations/layout.ts'
import type { MigrationFolder } from '../migrations/migration.ts'
import type { SnapshotJson } from './schemaDifference.ts'

/** The newest snapshot that counts, and what stands around it. */
export interface LatestSnapshot {
  /** Relative to the root; null where the folder has none that counts. */
  readonly file: string | null
  readonly snapshot: SnapshotJson | null
  /** Migrations of which only a part is in the tree. */
  readonly incomplete: readonly IncompleteMigration[]
  /** Why the snapshot cannot be used. */
  readonly broken: string | null
}

export interface IncompleteMigration {
  readonly name: string
  /** Paths, relative to the root. */
  readonly present: readonly string[]
  readonly missing: readonly string[]
}

/**
 * The snapshot the schema is compared with. drizzle-kit 0.x takes the last file in `meta` by name
 * (facts on drizzle, section 1); one whose SQL or journal entry is not in the same tree does not
 * count, because the migrator would not run it. Those of 1.0 build on each other, and only
 * drizzle-kit can put them together.
 */
export function latestSnapshot(tree: Tree, folder: MigrationFolder): LatestSnapshot {
  const { path, layout } = folder
  if (layout === 'folders') {
    return { file: null, snapshot: null, incomplete: withoutSql(tree, folder), broken: null }
  }
  const tags = new Map(
    [...folder.migrations, ...folder.missing].map(({ name, snapshot }) => [snapshot, name]),
  )
  const present = new Set(folder.migrations.map(({ name }) => name))
  const meta = below(path, 'meta')
  const files = tree
    .list(meta)
    .map(({ path: file }) => file)
    .filter((file) => /^[^_/][^/]*_snapshot\.json$/.test(file.slice(meta.length + 1)))
    .sort()
  const incomplete: IncompleteMigration[] = []
  for (const file of files.reverse()) {
    const tag = tags.get(file)
    if (tag !== undefined && present.has(tag)) return { ...read(tree, file), incomplete }
    incomplete.push(partOf(folder, file, tag))
  }
  return { file: null, snapshot: null, incomplete, broken: null }
}

/** The migrator of 1.0 passes over a folder without SQL; drizzle-kit counts its snapshot all the same. */
function withoutSql(
  tree: Tree,
  { path, layout, migrations }: MigrationFolder,
): IncompleteMigration[] {
  const present = new Set(migrations.map(({ name }) => name))
  const start = path === '' ? 0 : path.length + 1
  return tree
    .list(path)
    .map(({ path: file }) => ({ file, name: file.slice(start).split('/')[0]! }))
    .filter(({ file, name }) => file === snapshotPath(path, layout, name) && !present.has(name))
    .map(({ file, name }) => ({ name, present: [file], missing: [sqlPath(path, layout, name)] }))
}

function partOf(
  folder: MigrationFolder,
  snapshot: string,
  tag: string | undefined,
): IncompleteMigration {
  const prefix = snapshot.slice(snapshot.lastIndexOf('/') + 1).replace('_snapshot.json', '')
  const sql = folder.orphans.find((file) =>
    file.slice(folder.path.length + 1).startsWith(`${prefix}_`),
  )
  const journal = below(folder.path, 'meta/_journal.json')
  return tag === undefined
    ? {
        name: sql === undefined ? prefix : sql.slice(folder.path.length + 1, -'.sql'.length),
        present: [snapshot, ...(sql === undefined ? [] : [sql])],
        missing: [...(sql === undefined ? [below(folder.path, `${prefix}_….sql`)] : []), journal],
      }
    : { name: tag, present: [snapshot, journal], missing: [below(folder.path, `${tag}.sql`)] }
}

function read(tree: Tree, file: string): Omit<LatestSnapshot, 'incomplete'> {
  try {
    const value = JSON.parse(
      tree
        .read(file)!
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    ) as unknown
    if (value !== null && typeof value === 'object' && 'tables' in value) {
      return { file, snapshot: value as SnapshotJson, broken: null }
    }
    return { file, snapshot: null, broken: `${file} is not a drizzle-kit snapshot` }
  } catch {
    return { file, snapshot: null, broken: `${file} is not valid JSON` }
  }
}
