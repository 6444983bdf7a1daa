import { discoverProjects } from '../drizzle/find/discover.ts'
import { readMigrationFolder } from '../drizzle/migrations/folder.ts'
import { ProblemError } from '../finding/problem.ts'
import type { Setup } from '../setup/setup.ts'
import { type Diagnosis, advice, broken, fine } from './diagnosis.ts'

/** Whether what the configuration names is there. Its form was checked when it was read. */
export async function configurationDiagnoses(setup: Setup): Promise<readonly Diagnosis[]> {
  const { config, configFile, problems } = setup
  const found: Diagnosis[] = problems.map(({ message, help }) =>
    broken('configuration', message, help),
  )
  if (configFile === null) return found
  const correct = `Correct it in ${configFile}.`
  const names = new Set(setup.projects.flatMap((project) => migrationNames(setup, project.out)))
  for (const { name, baseline, out } of setup.projects) {
    if (baseline === null || migrationNames(setup, out).includes(baseline)) continue
    found.push(
      broken(
        'configuration',
        `${name}: the baseline ${baseline} is not a migration in ${out}`,
        correct,
      ),
    )
  }
  for (const { migration, rule } of config.acknowledged ?? []) {
    if (names.has(migration)) continue
    found.push(
      advice(
        'configuration',
        `acknowledged: ${rule} in ${migration}, which is not a migration`,
        `Remove it from ${configFile}.`,
      ),
    )
  }
  found.push(...smallTables(setup), ...(await unlisted(setup)))
  return found.length > 0 ? found : [fine('configuration', `${configFile} names what is there`)]
}

function migrationNames({ tree }: Setup, out: string): readonly string[] {
  try {
    return readMigrationFolder(tree, out).migrations.map(({ name }) => name)
  } catch (error) {
    // A broken journal is for the check itself to report.
    if (error instanceof ProblemError) return []
    throw error
  }
}

/** Tables that no migration has a word of. */
function smallTables({ projects, tree, configFile }: Setup): readonly Diagnosis[] {
  return projects.flatMap(({ name, out, smallTables: tables }) => {
    if (tables.length === 0) return []
    const sql = tree
      .list(out)
      .filter(({ path }) => path.endsWith('.sql'))
      .map(({ path }) => tree.read(path)?.toString('utf8') ?? '')
      .join('\n')
    return tables
      .filter((table) => !sql.includes(table.split('.').at(-1)!))
      .map((table) =>
        advice(
          'configuration',
          `${name}: smallTables names ${table}, which no migration mentions`,
          `Correct it in ${configFile}.`,
        ),
      )
  })
}

/** Projects that a list in the configuration leaves out. */
async function unlisted({
  tree,
  config,
  projects,
  configFile,
}: Setup): Promise<readonly Diagnosis[]> {
  if (config.projects === undefined) return []
  const all = await discoverProjects(tree, undefined)
  const known = new Set(projects.flatMap(({ out, config: file }) => [out, file]))
  return all.projects
    .filter(({ out, config: file }) => !known.has(out) && !known.has(file))
    .map(({ name }) =>
      broken(
        'configuration',
        `${name} is not among the projects of ${configFile}, so nothing checks it`,
        `Add { "config": "${name}" } to "projects" in ${configFile}, with "families": [] to leave it out.`,
      ),
    )
}
