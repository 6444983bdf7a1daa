import { dirname } from 'node:path/posix'
import { parseSnapshot } from '../../drizzle/snapshot/parse.ts'
import { SimilarJson } from '../../drizzle/snapshot/similarJson.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { Migration } from '../../drizzle/migrations/migration.ts'
import type { Tree } from '../../git/tree.ts'
import type { ReadSnapshot } from '../../dialects/snapshot/reader.ts'
import type { Finding } from '../../finding/finding.ts'
import { runPlacedRules } from '../../lint/placedRule.ts'
import { type ComparisonStart, compareSnapshots } from './compare.ts'
import { isInBaseline } from '../baseline.ts'
import { migratedCatalog } from '../migrations/migratedCatalog.ts'
import { NO_DELTAS, putTogether } from './deltaSnapshots.ts'
import type { FamilyResult, Run } from '../families.ts'
import { withoutMade } from './withoutMade.ts'
import { sessionOf } from '../session.ts'
import type { ProjectReading } from '../projectReading.ts'

const NOTHING: FamilyResult = { findings: [], problems: [] }

/** A migration where it stands, with the path of its snapshot if it has one there. */
interface Placed {
  readonly tree: Tree
  readonly migration: Migration
  readonly snapshot: string | null
  /** Git's ids of both, as far as they are known without reading them. */
  readonly ids: readonly (string | null | undefined)[]
}

/**
 * Compares what the SQL of a project's pending migrations leads to with the snapshots beside them.
 * Of what is before them it reads the newest snapshot and the SQL after that. With `--staged` it
 * starts at the first migration that the commit touches: nothing before it is reported.
 */
export async function checkSnapshots(run: Run, reading: ProjectReading): Promise<FamilyResult> {
  const { project } = reading
  if (run.active.snapshot.length === 0 || dialectOf(project.dialect).sql === null) return NOTHING
  if (!touches(run, project)) return NOTHING
  const { folder, split } = reading
  const pending = placed(run.after, split.deployments.flat())
  let first = pending.findIndex((one) => isTouched(run, one))
  if (first < 0) return NOTHING
  // One without a snapshot is compared at the next one that has it.
  while (first > 0 && pending[first - 1]!.snapshot === null) first--
  const past = [...placed(split.deployedTree, split.deployed), ...pending.slice(0, first)]
  const judged = pending.slice(first)
  const paths = judged.flatMap(({ snapshot }) => snapshot ?? [])
  if (paths.length === 0) return NOTHING
  const last = past.findLast(({ snapshot }) => snapshot !== null)
  const deltas =
    folder.layout === 'journal'
      ? NO_DELTAS
      : await putTogether(run, project, [
          { tree: run.after, paths },
          { tree: last?.tree ?? run.after, paths: last?.snapshot ? [last.snapshot] : [] },
        ])
  const { uncompared } = deltas
  if (uncompared.some(({ snapshots }) => snapshots === paths.length))
    return { ...NOTHING, uncompared }
  const key =
    deltas === NO_DELTAS ? agreementKey(project, folder.missing.length === 0, past, judged) : null
  if (key !== null && run.store?.get(key) === true) return NOTHING
  const engine = await run.engineOf(reading)
  if (engine === null) return NOTHING
  const { sources } = reading.sources(
    run.after,
    judged.map(({ migration }) => migration),
  )
  const reader = engine.snapshots()
  const parser = new SimilarJson()
  // At once where git is asked; all the snapshots of a whole history would be too much to hold.
  const contents = split.deployments.length > 1 ? null : run.after.readAll(paths)
  const read = ({ tree, snapshot }: Placed): ReadSnapshot | null => {
    if (snapshot === null) return null
    const whole = deltas.of(tree, snapshot)
    if (whole !== undefined) return reader.read(whole)
    const content = (tree === run.after && contents?.get(snapshot)) || tree.read(snapshot)
    return content ? parseSnapshot(reader, content, parser) : null
  }
  const byName = new Map(judged.map((one) => [one.migration.name, one]))
  const comparison = compareSnapshots(
    engine,
    sessionOf(project),
    startOf(reading, past, read),
    sources.map((source) => ({ source, snapshot: () => read(byName.get(source.name)!) })),
    (catalog, own) => reading.replay(engine, catalog, own),
  )
  if (key !== null && comparison.mismatches.length === 0) run.store?.set(key, true)
  const settled = {
    ...comparison,
    mismatches:
      last === undefined
        ? comparison.mismatches
        : withoutMade(comparison.mismatches, () =>
            migratedCatalog(run, reading, engine, run.after),
          ),
  }
  const findings = runPlacedRules(run.active.snapshot, settled, project.name, run.acknowledged)
  const isReported = ({ file, migration }: Finding): boolean => {
    const snapshot = byName.get(migration ?? '')?.snapshot ?? ''
    // A commit answers for a mismatch if it touches either half of it.
    return run.touched === null || run.touched.has(file) || run.touched.has(snapshot)
  }
  return {
    findings: findings.filter(
      (finding) => !isInBaseline(run, project, folder, finding) && isReported(finding),
    ),
    problems: [],
    uncompared,
  }
}

function isTouched({ touched }: Run, { migration, snapshot }: Placed): boolean {
  return (
    touched === null || touched.has(migration.file) || (snapshot !== null && touched.has(snapshot))
  )
}

/** Whether what is reported on has anything to do with the folder. */
function touches({ touched }: Run, { out }: Project): boolean {
  if (touched === null) return true
  const start = out === '' ? '' : `${out}/`
  return [...touched].some((path) => path.startsWith(start) && /\.(?:sql|json)$/.test(path))
}

function startOf(
  reading: ProjectReading,
  past: readonly Placed[],
  read: (migration: Placed) => ReadSnapshot | null,
): ComparisonStart {
  let snapshot: ReadSnapshot | null = null
  let position = past.length
  while (snapshot === null && position > 0) {
    position--
    const one = past[position]!
    snapshot =
      one.snapshot === null ? null : reading.startSnapshot(one.tree, one.snapshot, () => read(one))
  }
  // An entry without its SQL may have done anything.
  const isWhole = reading.folder.missing.length === 0
  const after = past.slice(snapshot === null ? 0 : position + 1)
  const trees = isWhole ? [...new Set(after.map(({ tree }) => tree))] : []
  const sources = trees.flatMap((tree) => {
    const own = after.filter((one) => one.tree === tree)
    return reading.sources(
      tree,
      own.map(({ migration }) => migration),
    ).sources
  })
  return { snapshot, deployed: sources }
}

/** Migrations of a tree, with the snapshots that it has of them. */
function placed(tree: Tree, migrations: readonly Migration[]): readonly Placed[] {
  const folders = new Set(migrations.map(({ file }) => folderOf(file)))
  const files = new Map(
    [...folders].flatMap((folder) => tree.list(folder).map(({ path, blob }) => [path, blob])),
  )
  return migrations.map((migration) => {
    const snapshot = files.has(migration.snapshot) ? migration.snapshot : null
    const ids = [files.get(migration.file), snapshot === null ? null : files.get(snapshot)]
    return { tree, migration, snapshot, ids }
  })
}

/**
 * Names all that a comparison follows from: SQL and snapshots that agreed once agree. Reading two
 * snapshots of sixty tables and replaying what is between them takes a seventh of a hook's run.
 *
 * @returns null where contents have no ids: in the working directory
 */
function agreementKey(
  project: Project,
  isWhole: boolean,
  past: readonly Placed[],
  judged: readonly Placed[],
): string | null {
  const all = [past, judged].map((placed) =>
    placed.map(({ migration: { name, file }, snapshot, ids }) => [name, file, snapshot, ...ids]),
  )
  if (all.flat(2).includes(undefined)) return null
  return JSON.stringify(['agreement', project.dialect, sessionOf(project), isWhole, all])
}

function folderOf(file: string): string {
  const folder = file.endsWith('/migration.sql') ? dirname(dirname(file)) : dirname(file)
  return folder === '.' ? '' : folder
}
