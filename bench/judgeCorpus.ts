import { migrationRules as rules } from '../rules/index.ts'
import { EMPTY_CATALOG } from '../src/catalog/catalog.ts'
import type { MigrationSource } from '../src/dialects/dialect.ts'
import type { Finding } from '../src/finding/finding.ts'
import { type Judgement, judgeDeployment, replayDeployment } from '../src/lint/judge.ts'
import { loadEngine } from '../src/dialects/postgres/load.ts'
import { activeRules } from '../src/lint/settings.ts'
import type { CorpusProject } from './corpusProjects.ts'

/** A project judged with so many consecutive migrations to a deployment. */
export interface JudgedProject {
  readonly project: CorpusProject
  readonly findings: readonly Finding[]
  readonly statements: number
  readonly unmodelled: number
}

/** Judges every project of the corpus, `window` migrations at a time. */
export async function judgeCorpus(
  projects: readonly CorpusProject[],
  window: number,
): Promise<readonly JudgedProject[]> {
  const engine = await loadEngine()
  return projects.map((project) => {
    const judgement: Judgement = {
      engine,
      session: { version: null, timezone: 'UTC', transaction: 'deployment' },
      rules,
      active: activeRules(rules, {}),
      acknowledged: [],
      smallTables: [],
      project: project.name,
    }
    let catalog = EMPTY_CATALOG
    const deployments = windows(project.migrations, window).map((migrations) => {
      const replayed = replayDeployment(judgement, catalog, migrations)
      catalog = replayed.after
      return replayed
    })
    const judged = deployments.map((deployment) => judgeDeployment(judgement, deployment, catalog))
    return {
      project,
      findings: judged.flatMap(({ findings }) => findings),
      statements: judged.reduce((sum, { statements }) => sum + statements, 0),
      unmodelled: judged.reduce((sum, { unmodelled }) => sum + unmodelled, 0),
    }
  })
}

function windows(
  migrations: readonly MigrationSource[],
  size: number,
): readonly (readonly MigrationSource[])[] {
  const result: MigrationSource[][] = []
  for (let at = 0; at < migrations.length; at += size) result.push(migrations.slice(at, at + size))
  return result
}
