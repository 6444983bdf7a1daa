import { dirname } from 'node:path/posix'
import { type KnownTables, snapshotCatalog } from '../../drizzle/snapshot/catalog.ts'
import { parseSnapshot, snapshotOf } from '../../drizzle/snapshot/parse.ts'
import type { Snapshot } from '../../drizzle/snapshot/snapshot.ts'
import { readMigrationFolder } from '../../drizzle/folder.ts'
import { sameSql } from '../../drizzle/dialect.ts'
import { snapshotPath } from '../../drizzle/layout.ts'
import type { Migration, MigrationFolder, Project } from '../../drizzle/project.ts'
import type { Tree } from '../../git/tree.ts'
import type { Engine } from '../../lint/engine.ts'
import type { Finding } from '../../lint/finding.ts'
import { runPlacedRules } from '../../lint/placedRule.ts'
import { type ComparisonStart, type ReadSnapshot, compareSnapshots } from '../../lint/snapshots/compare.ts'
import { isInBaseline } from './baseline.ts'
import { NO_DELTAS, putTogether } from './deltaSnapshots.ts'
import type { FamilyResult, Run } from './families.ts'
import { sessionOf } from '../../lint/session.ts'
import type { Split } from './selection.ts'
import { readSources } from '../../lint/sources.ts'

const NOTHING: FamilyResult = { findings: [], problems: [] }

/**
 * Compares what the SQL of a project's pending migrations leads to with the snapshots beside them.
 * Of what is deployed it reads the newest snapshot and the SQL after that.
 */
export async function checkSnapshots(run: Run, project: Project): Promise<FamilyResult> {
  if (run.active.snapshot.length === 0 || !sameSql(project.dialect, 'postgresql')) return NOTHING
  if (!touches(run, project)) return NOTHING
  const folder = readMigrationFolder(run.after, project.out)
  const split = run.split(folder)
  const pending = split.deployments.flat()
  const snapshots = existing(run.after, pending)
  if (snapshots.size === 0) return NOTHING
  const before = existing(split.deployedTree, split.deployed)
  const deltas =
    folder.layout === 'journal'
      ? NO_DELTAS
      : await putTogether(run, project, [
          { tree: run.after, paths: [...snapshots.values()] },
          { tree: split.deployedTree, paths: [...before.values()].slice(-1) },
        ])
  const { uncompared } = deltas
  if (uncompared.some((one) => one.snapshots === snapshots.size)) return { ...NOTHING, uncompared }
  const engine = await run.postgres()
  const { sources } = readSources(run.after, pending)
  const tables: KnownTables = new Map()
  // At once where git is asked; all the snapshots of a whole history would be too much to hold.
  const contents = split.deployments.length > 1 ? null : run.after.readAll([...snapshots.values()])
  const read = (tree: Tree, path: string): ReadSnapshot | null => {
    const whole = deltas.of(tree, path)
    if (whole !== undefined) return readSnapshot(engine, snapshotOf(whole), tables)
    const content = (tree === run.after && contents?.get(path)) || tree.read(path)
    return content ? readSnapshot(engine, parseSnapshot(content.toString('utf8')), tables) : null
  }
  const comparison = compareSnapshots(
    engine,
    sessionOf(project),
    startOf(folder, split, (name) => {
      const path = before.get(name)
      return path ? read(split.deployedTree, path) : null
    }),
    sources.map((source) => ({
      source,
      snapshot: () => {
        const path = snapshots.get(source.name)
        return path ? read(run.after, path) : null
      },
    })),
  )
  const findings = runPlacedRules(run.active.snapshot, comparison, project.name, run.acknowledged)
  return {
    findings: findings.filter(
      (finding) => !isInBaseline(project, folder, finding) && isReported(run, finding, snapshots),
    ),
    problems: [],
    uncompared,
  }
}

/** A commit answers for a mismatch if it touches either half of it. */
function isReported({ touched }: Run, { file, migration }: Finding, snapshots: ReadonlyMap<string, string>): boolean {
  return touched === null || touched.has(file) || touched.has(snapshots.get(migration ?? '') ?? '')
}

/** Whether what is reported on has anything to do with the folder. */
function touches({ touched }: Run, { out }: Project): boolean {
  if (touched === null) return true
  const start = out === '' ? '' : `${out}/`
  return [...touched].some((path) => path.startsWith(start) && /\.(?:sql|json)$/.test(path))
}

function startOf(
  folder: MigrationFolder,
  { deployed, deployedTree }: Split,
  read: (migration: string) => ReadSnapshot | null,
): ComparisonStart {
  let snapshot: ReadSnapshot | null = null
  let position = deployed.length
  while (snapshot === null && position > 0) {
    position--
    snapshot = read(deployed[position]?.name ?? '')
  }
  // An entry without its SQL may have done anything.
  const isWhole = folder.missing.length === 0
  const after = deployed.slice(snapshot === null ? 0 : position + 1)
  return { snapshot, deployed: isWhole ? readSources(deployedTree, after).sources : [] }
}

/** The snapshots of migrations that a tree has, by the migrations' names. */
function existing(tree: Tree, migrations: readonly Migration[]): ReadonlyMap<string, string> {
  const folders = new Set(migrations.map(({ file }) => folderOf(file)))
  const files = new Set([...folders].flatMap((folder) => tree.list(folder).map(({ path }) => path)))
  return new Map(
    migrations.flatMap(({ name, file }) => {
      const layout = file.endsWith('/migration.sql') ? 'folders' : 'journal'
      const path = snapshotPath(folderOf(file), layout, name)
      return files.has(path) ? [[name, path] as const] : []
    }),
  )
}

function folderOf(file: string): string {
  const folder = file.endsWith('/migration.sql') ? dirname(dirname(file)) : dirname(file)
  return folder === '.' ? '' : folder
}

/** A snapshot as a catalog; null where it cannot be told what it says. */
export function readSnapshot(
  engine: Engine,
  snapshot: Snapshot | null,
  known?: KnownTables,
): ReadSnapshot | null {
  if (snapshot === null) return null
  const { id, parents } = snapshot
  return { id, parents, ...snapshotCatalog(snapshot, (catalog) => engine.reader(catalog), known) }
}
