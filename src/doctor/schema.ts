import { compareSchema } from '../drizzle/kit/compare.ts'
import { latestSnapshot } from '../drizzle/kit/latestSnapshot.ts'
import { readMigrationFolder } from '../drizzle/migrations/folder.ts'
import { ProblemError } from '../finding/problem.ts'
import { schemaNeeds } from '../setup/schemaNeeds.ts'
import type { Setup } from '../setup/setup.ts'
import { type Diagnosis, broken, fine } from './diagnosis.ts'

/** Whether drizzle-kit can load each schema as it is on disk, how long that takes, and what it wants. */
export async function schemaDiagnoses(setup: Setup): Promise<readonly Diagnosis[]> {
  const { root, tree, projects, config } = setup
  if (config.sync === 'off') return []
  const found: Diagnosis[] = []
  for (const project of projects) {
    if (project.config === null || !project.families.includes('sync')) continue
    const start = performance.now()
    try {
      const folder = readMigrationFolder(tree, project.out)
      const latest = latestSnapshot(tree, folder)
      const verdict = await compareSchema({ root, tree, project, folder, latest, cache: null })
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      if (verdict.kind === 'unknown') {
        const wants = await missingVariables(setup, project)
        found.push(broken('schema', `${project.name}: ${verdict.reason}${wants}`, verdict.help))
      } else {
        found.push(fine('schema', `${project.name}: the schema loads (${seconds} s)`))
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      found.push(broken('schema', `${project.name}: ${error.problem.message}`, error.problem.help))
    }
  }
  return found
}

async function missingVariables(setup: Setup, project: Setup['projects'][number]): Promise<string> {
  const { variables } = await schemaNeeds({ ...setup, projects: [project] })
  const missing = variables.filter((name) => !setup.env[name])
  return missing.length === 0 ? '' : ` (it names variables that are not set: ${missing.join(', ')})`
}
