import type { LatestSnapshot } from '../../drizzle/kit/latestSnapshot.ts'
import type { SchemaDifference, SnapshotJson } from '../../drizzle/kit/schemaDifference.ts'
import { snapshotPath } from '../../drizzle/migrations/layout.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { Migration, MigrationFolder } from '../../drizzle/migrations/migration.ts'
import { snapshotOf } from '../../drizzle/snapshot/parse.ts'
import { sessionOf } from '../session.ts'
import { compareSnapshots } from '../snapshots/compare.ts'
import { readSources } from '../sources.ts'
import type { Run } from '../families.ts'
import { readSnapshot } from '../snapshots/checkSnapshots.ts'

/**
 * The newest migrations, as far as they have no snapshot: SQL written by hand, of which drizzle-kit
 * knows nothing. In layout 1.0 none.
 */
export function handWritten(
  folder: MigrationFolder,
  { file }: LatestSnapshot,
): readonly Migration[] {
  if (folder.layout !== 'journal') return []
  const at = folder.migrations.findLastIndex(
    ({ name }) => snapshotPath(folder.path, 'journal', name) === file,
  )
  return folder.migrations.slice(at + 1)
}

/**
 * What of a schema's differences from the newest snapshot the SQL written by hand since then does
 * not make good either.
 *
 * @param current - the schema as a snapshot
 * @returns null where it cannot be told: another dialect, a snapshot that cannot be read
 */
export async function leftByHand(
  run: Run,
  project: Project,
  latest: LatestSnapshot,
  migrations: readonly Migration[],
  current: SnapshotJson,
  differences: readonly SchemaDifference[],
): Promise<readonly SchemaDifference[] | null> {
  const engine = await run.engineOf(project.dialect)
  if (engine === null) return null
  const start = latest.snapshot && readSnapshot(engine, snapshotOf(latest.snapshot))
  const goal = readSnapshot(engine, snapshotOf(current))
  if (goal === null || (latest.snapshot !== null && start === null)) return null
  const { sources, problems } = readSources(run.after, migrations)
  if (problems.length > 0) return null
  const last = sources.length - 1
  const { mismatches } = compareSnapshots(
    engine,
    sessionOf(project),
    { snapshot: start, deployed: [] },
    sources.map((source, i) => ({
      source,
      snapshot: () =>
        i === last ? { ...goal, parents: start === null ? goal.parents : [start.id] } : null,
    })),
  )
  const left = new Set(mismatches.map(({ subject: { table, name } }) => (table ?? name).name))
  return differences.filter(({ table, object }) => left.has(bare(table ?? object)))
}

function bare(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
