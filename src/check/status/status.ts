import { join } from 'node:path'
import { displayName } from '../../catalog/names.ts'
import { dialectOf } from '../../dialects/registry.ts'
import { fileRunner } from '../../drizzle/find/fileRunner.ts'
import type { Problem } from '../../finding/finding.ts'
import { ProblemError } from '../../finding/problem.ts'
import type { Run } from '../families.ts'
import { readPending } from '../migrations/checkMigrations.ts'
import type { ProjectReading } from '../projectReading.ts'
import type { Asked } from './asked.ts'
import { ASKERS } from './askers.ts'
import { type MigrationStatus, compareApplied } from './compareApplied.ts'

/** What `status` is asked for. */
export interface StatusSettings {
  /** Of the database; in no output. */
  readonly url: string
  /** Whether sizes of tables are asked for. */
  readonly sizes: boolean
}

/** How a project's migrations and a database stand to each other. */
export interface ProjectStatus extends Omit<Asked, 'applied'> {
  readonly project: string
  /** Where the database keeps what was applied; null: it keeps nothing. */
  readonly table: string | null
  readonly migrations: readonly MigrationStatus[]
  /** The tables that pending statements touch, by name. */
  readonly touched: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * Asks a database what it has applied, and holds the project's migrations against it.
 *
 * @param cwd - what a path in the settings is relative to, absolute
 * @throws ProblemError where it cannot be reached or may not be read; without its address
 */
export async function readStatus(
  run: Run,
  reading: ProjectReading,
  { url, sizes }: StatusSettings,
  cwd: string,
): Promise<ProjectStatus> {
  const { project } = reading
  const ask = ASKERS[dialectOf(project.dialect).base]
  if (ask === null) {
    throw new ProblemError({
      message: `${project.name}: status asks PostgreSQL, MySQL and SQLite databases, and this is ${project.dialect}`,
      file: null,
      help: 'Name another project with --project.',
    })
  }
  const runsFiles = fileRunner(run.after, reading.folder.path) !== null
  const from = [...new Set([join(run.root, project.folder), run.root])]
  const { applied, ...asked } = await ask({ url, cwd, from, project, runsFiles, sizes })
  const folder = applied.byName ? reading.whole : reading.folder
  const { sources, problems } = reading.sources(run.after, folder.migrations)
  const migrations = compareApplied(folder, sources, applied)
  return {
    ...asked,
    project: project.name,
    table: applied.table,
    migrations,
    touched: asked.sizes ? await touchedTables(run, reading, migrations, asked.sizes) : [],
    problems,
  }
}

/** The tables that what is pending locks, reads or alters, as the linter computes it. */
async function touchedTables(
  run: Run,
  reading: ProjectReading,
  migrations: readonly MigrationStatus[],
  there: ReadonlyMap<string, unknown>,
): Promise<readonly string[]> {
  const waiting = migrations.filter(({ state }) => state === 'pending' || state === 'skipped')
  const names = new Set(waiting.map(({ name }) => name))
  const pending = await readPending(run, reading)
  if (!('judgement' in pending)) return []
  const { engine, session } = pending.judgement
  const touched = pending.deployments.flatMap(({ changes }) =>
    changes
      .filter(({ origin }) => names.has(origin.migration))
      .flatMap((change) => {
        const { locks, scans } = engine.effects(change, session)
        const own = 'table' in change && change.table !== null ? [change.table] : []
        return [...locks.map(({ relation }) => relation), ...scans, ...own]
      })
      .map(displayName),
  )
  // What pending statements create is not there yet.
  return [...new Set(touched)].filter((table) => there.has(table))
}
