import type { QualifiedName } from '../../catalog/names.ts'
import type { LatestSnapshot } from '../../drizzle/kit/latestSnapshot.ts'
import type { SchemaDifference, SnapshotJson } from '../../drizzle/kit/schemaDifference.ts'
import { snapshotPath } from '../../drizzle/migrations/layout.ts'
import type { Migration, MigrationFolder } from '../../drizzle/migrations/migration.ts'
import { coreOf } from '../../dialects/core/registry.ts'
import { dialectOf } from '../../dialects/registry.ts'
import { sessionOf } from '../session.ts'
import { compareSnapshots } from '../snapshots/compare.ts'
import type { ProjectReading } from '../projectReading.ts'
import type { Run } from '../families.ts'

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
  reading: ProjectReading,
  latest: LatestSnapshot,
  migrations: readonly Migration[],
  current: SnapshotJson,
  differences: readonly SchemaDifference[],
): Promise<readonly SchemaDifference[] | null> {
  const engine = await run.engineOf(reading.project.dialect)
  if (engine === null) return null
  const { file, snapshot } = latest
  const reader = engine.snapshots()
  const start =
    file === null ? null : reading.startSnapshot(run.after, file, () => reader.read(snapshot))
  const goal = reader.read(current)
  if (goal === null || (latest.snapshot !== null && start === null)) return null
  const { sources, problems } = reading.sources(run.after, migrations)
  if (problems.length > 0) return null
  const last = sources.length - 1
  const { mismatches } = compareSnapshots(
    engine,
    sessionOf(reading.project),
    { snapshot: start, deployed: [] },
    sources.map((source, i) => ({
      source,
      snapshot: () =>
        i === last ? { ...goal, parents: start === null ? goal.parents : [start.id] } : null,
    })),
    (catalog, own) => reading.replay(engine, catalog, own),
  )
  const { defaultSchema } = coreOf(dialectOf(engine.dialect).base)
  const left = new Set(
    mismatches.map(({ subject: { table, name } }) => shown(table ?? name, defaultSchema)),
  )
  return differences.filter(({ table, object }) => left.has(table ?? object))
}

/** A name of the catalog as drizzle-kit names what differs: `auth.users`, but `users` in the default schema. */
function shown({ schema, name }: QualifiedName, defaultSchema: string): string {
  if (name === '') return schema
  return schema === defaultSchema ? name : `${schema}.${name}`
}
