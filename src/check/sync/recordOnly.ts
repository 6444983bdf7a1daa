import { dialectOf } from '../../dialects/registry.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { projectCommand } from '../../drizzle/find/projectCommand.ts'
import { sqlPath } from '../../drizzle/migrations/layout.ts'
import type { MigrationFolder } from '../../drizzle/migrations/migration.ts'
import { pathFrom } from '../../finding/relativePath.ts'
import { shellWord } from '../../finding/shellWord.ts'
import { staging } from '../../git/staging.ts'
import type { Tree } from '../../git/tree.ts'

const NAME = 'snapshot_only'

/**
 * The commands that write a migration with a snapshot of the schema as it is and without SQL: for
 * what the SQL of other migrations makes already.
 *
 * @param here - where they are run, relative to the root
 * @returns null where nobody can tell which file drizzle-kit will write: its name begins with the time
 */
export function recordOnly(
  tree: Tree,
  project: Project,
  { layout, path, journal, migrations }: MigrationFolder,
  here: string,
): string | null {
  const last = journal?.entries.at(-1)
  const isNumbered = migrations.every(({ name }) => /^\d{4}_/.test(name))
  if (layout !== 'journal' || last?.idx == null || !isNumbered) return null
  const { line, endsIn } = projectCommand(tree, project, 'generate', here, `--name ${NAME}`)
  const number = String(last.idx + 1).padStart(4, '0')
  const file = shellWord(pathFrom(endsIn, sqlPath(path, layout, `${number}_${NAME}`)))
  const { emptyMigration } = dialectOf(project.dialect)
  return `${line} && echo '${emptyMigration}' > ${file} && ${staging([path], endsIn)}`
}
