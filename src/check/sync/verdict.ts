import { readMigrationFolder } from '../../drizzle/migrations/folder.ts'
import { compareSchema } from '../../drizzle/kit/compare.ts'
import { latestSnapshot } from '../../drizzle/kit/latestSnapshot.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import { journalPath } from '../../drizzle/migrations/layout.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { Tree } from '../../git/tree.ts'
import type { Run } from '../families.ts'
import { unstagedMigration } from './unstagedMigration.ts'

/**
 * Whether the schema of a project needs a migration that a tree does not have.
 *
 * @returns null where there is nothing to compare with: a project that has no migrations anywhere
 *   brings its schema to the database in another way
 */
export async function verdictOn(run: Run, project: Project, tree: Tree): Promise<Verdict | null> {
  const folder = readMigrationFolder(tree, project.out)
  const latest = latestSnapshot(tree, folder)
  const isEmpty = folder.migrations.length + folder.missing.length + latest.incomplete.length === 0
  // Before the first migration nothing was missing.
  if (isEmpty && (tree === run.deployed || !hasMigrationsElsewhere(run, project))) return null
  return compareSchema({ root: run.root, tree, project, folder, latest, cache: run.store })
}

function hasMigrationsElsewhere(run: Run, project: Project): boolean {
  // SQL files that no journal knows are no migrations: such a project pushes its schema.
  if (run.deployed && hasMigrations(run.deployed, project)) return true
  return (
    run.touched !== null && unstagedMigration(run.root, run.after, project.out, null).length > 0
  )
}

function hasMigrations(tree: Tree, { out }: Project): boolean {
  return tree
    .list(out)
    .some(({ path }) => path === journalPath(out) || path.endsWith('/migration.sql'))
}
