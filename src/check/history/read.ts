import { join } from 'node:path'
import { jsonRange } from '../../json/ranges.ts'
import { historyFolder } from '../../drizzle/migrations/history.ts'
import type { HistoryFolder } from '../../drizzle/migrations/history.ts'
import { findKit } from '../../drizzle/kit/installation.ts'
import { origins } from '../../drizzle/migrations/pending.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { ProjectReading } from '../projectReading.ts'
import { snapshotVersionOf } from '../../drizzle/snapshot/version.ts'
import type { Tree } from '../../git/tree.ts'
import type { History } from './history.ts'
import { ProblemError } from '../../finding/problem.ts'
import { bundleOf } from './bundle.ts'
import { brokenFiles } from './brokenFiles.ts'
import { changedMigrations, emptyMigrations } from './changedMigrations.ts'
import { FileComparison } from './fileComparison.ts'
import type { Run } from '../families.ts'
import { changesSchema } from '../../drizzle/migrations/schemaText.ts'
import { fileRunner } from '../../drizzle/find/fileRunner.ts'
import { ownRunner } from '../../drizzle/find/ownRunner.ts'
import { pushesOf } from './pushes.ts'
import { setupFacts } from './setupFacts.ts'
import { type HistoryCommands, historyCommands } from './commands.ts'
import { otherSnapshots, readSnapshots } from './readSnapshots.ts'

/**
 * Reads everything that the rules of a migrations folder's history look at. With `--staged` that is
 * what the commit touches and its neighbours.
 *
 * @returns null where nothing of the project is touched
 * @throws ProblemError where a folder cannot be read
 */
export async function readHistory(run: Run, reading: ProjectReading): Promise<History | null> {
  const { project } = reading
  const { after: tree, touched } = run
  const isTouched = (path: string): boolean => touched?.has(path) ?? true
  const after = reading.historyAt(tree)
  const selected = run.deployed === null && !after.broken ? withoutPending(reading, after) : null
  const deployed = run.deployed ? elsewhere(reading, after, run.deployed) : selected
  const paths = [after.path, deployed?.path ?? after.path]
  const pushes = pushesOf(run, project, isTouched)
  if (touched && !concerns(touched, paths, project) && pushes.length === 0) return null

  const target =
    run.target === run.deployed ? null : run.target && elsewhere(reading, after, run.target)
  const comparison = new FileComparison(
    tree,
    after.path,
    run.deployed,
    deployed?.path ?? after.path,
  )
  const origin = deployed ? origins(deployed.seen, after.seen) : () => null
  const past = new Set(selected?.migrations.flatMap(({ file, snapshot }) => [file, snapshot]))
  const isChanged = (path: string): boolean => !past.has(path) && comparison.isChanged(path)
  const changed =
    run.deployed && deployed ? changedMigrations(project, after, deployed, comparison, origin) : []
  const renamed = new Set(
    changed.flatMap(({ kind, after: now }) => (kind === 'renamed' ? now?.name : [])),
  )
  const isNew = ({ name }: { readonly name: string }): boolean =>
    origin(name) === null && !renamed.has(name)
  const added = after.migrations.filter(isNew)
  const kit = findKit(join(run.root, project.folder))?.version ?? null
  const text = (path: string): string | undefined => tree.read(path)?.toString('utf8')
  const snapshots = readSnapshots(tree, after, touched)
  let commands: HistoryCommands | undefined
  return {
    project,
    after,
    deployed,
    target,
    snapshots: snapshots.headers,
    isComplete: snapshots.isComplete,
    others: run.target && target ? otherSnapshots(run.target, target, deployed, after) : new Map(),
    broken: brokenFiles(
      project,
      after,
      tree,
      snapshots.contents,
      (path) => isTouched(path) && isChanged(path),
    ),
    changed,
    empty: emptyMigrations(
      project,
      tree,
      added.filter(({ file }) => isTouched(file)),
    ),
    pushes: after.migrations.length > 0 ? pushes : [],
    bundle: bundleOf(run, reading, after),
    setup: setupFacts(project, tree, (path) => added.length > 0 || isChanged(path)),
    kit,
    snapshotVersion: kit === null ? null : snapshotVersionOf(kit, project.dialect),
    get commands() {
      return (commands ??= historyCommands(run, reading, after, target ?? deployed))
    },
    now: Date.now(),
    ownRunner: () => ownRunner(tree, after.path),
    fileRunner: () => fileRunner(tree, after.path),
    changesSchema: ({ file }) => changesSchema(text(file) ?? ''),
    isNew,
    isChanged,
    isTouched,
    rangeOf: (path, keys) => jsonRange(text(path) ?? '', keys),
  }
}

/**
 * What counts as deployed where the selection says so without git (`--since`, files): the folder
 * without what is pending.
 *
 * @returns null where nothing counts as deployed
 */
function withoutPending(reading: ProjectReading, after: HistoryFolder): HistoryFolder | null {
  const { deployed, deployedWithoutSql = [] } = reading.split
  const names = new Set([...deployed, ...deployedWithoutSql].map(({ name }) => name))
  if (names.size === 0) return null
  const isDeployed = ({ name }: { readonly name: string }): boolean => names.has(name)
  const { seen } = after
  return {
    ...after,
    migrations: after.migrations.filter(isDeployed),
    seen: { ...seen, migrations: deployed, missing: seen.missing.filter(isDeployed) },
  }
}

/** The folder in another tree; one that cannot be read there is judged by what lies in it. */
function elsewhere(
  reading: ProjectReading,
  after: HistoryFolder,
  there: Tree,
): HistoryFolder | null {
  try {
    if (after.broken) return reading.historyAt(there)
    return historyFolder(there, reading.folderIn(there))
  } catch (error) {
    if (error instanceof ProblemError) return null
    throw error
  }
}

function concerns(
  touched: ReadonlySet<string>,
  folders: readonly string[],
  project: Project,
): boolean {
  return [...touched].some(
    (path) =>
      path === project.config ||
      folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)),
  )
}
