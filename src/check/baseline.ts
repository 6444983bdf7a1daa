import { didYouMean } from '../config/closest.ts'
import type { Project } from '../drizzle/find/project.ts'
import type { MigrationFolder } from '../drizzle/migrations/migration.ts'
import type { Finding } from '../finding/finding.ts'
import type { Run } from './families.ts'
import { ProblemError } from '../finding/problem.ts'

/**
 * Makes sure that a project's baseline is one of its migrations: a misspelt one would drop every
 * finding, or none.
 *
 * @throws ProblemError if it is not
 */
export function requireBaseline({ baseline, name }: Project, folder: MigrationFolder): void {
  if (baseline === null || positionOf(folder, baseline) !== null) return
  const names = folder.migrations.map((migration) => migration.name)
  const meant = didYouMean(baseline, names)
  throw new ProblemError({
    message: `${folder.path} has no migration "${baseline}", the baseline of ${name}${meant}`,
    file: folder.path,
    help: 'Set projects[].baseline to the name of a migration as the journal has it.',
  })
}

/** Whether a finding is located at or before the baseline, or at or before the tag of `--since`. */
export function isInBaseline(
  { since }: Pick<Run, 'since'>,
  { baseline }: Pick<Project, 'baseline'>,
  folder: MigrationFolder,
  { migration }: Finding,
): boolean {
  const own = migration === null ? null : positionOf(folder, migration)
  return [baseline, since].some((name) => {
    const last = name === null ? null : positionOf(folder, name)
    return last !== null && own !== null && own <= last
  })
}

function positionOf({ migrations, missing }: MigrationFolder, name: string): number | null {
  return [...migrations, ...missing].find((one) => one.name === name)?.position ?? null
}
