import { compareSchema } from '../../drizzle/kit/compare.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import { hasMigrations } from '../../drizzle/migrations/layout.ts'
import type { Tree } from '../../git/tree.ts'
import type { ProjectReading } from '../projectReading.ts'
import type { Run } from '../families.ts'
import { unstagedMigration } from './unstagedMigration.ts'

/**
 * Whether the schema of a project needs a migration that a tree does not have.
 *
 * @returns null where there is nothing to compare with: a project that has no migrations anywhere
 *   brings its schema to the database in another way
 */
export async function verdictOn(
  run: Run,
  reading: ProjectReading,
  tree: Tree,
): Promise<Verdict | null> {
  const { project } = reading
  const folder = reading.folderAt(tree)
  const latest = reading.latestSnapshot(tree)
  const isEmpty = folder.migrations.length + folder.missing.length + latest.incomplete.length === 0
  // Before the first migration nothing was missing.
  if (isEmpty && (tree === run.deployed || !hasMigrationsElsewhere(run, reading))) return null
  return compareSchema({
    root: run.root,
    here: run.here,
    tree,
    project,
    folder,
    latest,
    env: run.env,
    withBuild: tree === run.after,
    cache: run.store,
  })
}

function hasMigrationsElsewhere(run: Run, reading: ProjectReading): boolean {
  // SQL files that no journal knows are no migrations: such a project pushes its schema.
  if (run.deployed && hasMigrations(run.deployed, reading.project.out)) return true
  return run.touched !== null && unstagedMigration(run, reading, null).length > 0
}
