import { readMigrationFolder } from '../../drizzle/migrations/folder.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { Migration, MigrationFolder } from '../../drizzle/migrations/migration.ts'
import type { Engine } from '../../dialects/dialect.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Problem } from '../../finding/finding.ts'
import {
  type JudgedDeployment,
  type Judgement,
  type ReplayedDeployment,
  judgeDeployment,
  replayDeployment,
} from '../../lint/judge.ts'
import { noCounts } from '../result.ts'
import { type Clients, clientsOf } from './client.ts'
import { sessionOf } from '../session.ts'
import { readSources } from '../sources.ts'
import { isInBaseline, requireBaseline } from '../baseline.ts'
import { deployedCatalog } from './deployedCatalog.ts'
import { type FamilyResult, type Run, runsRule } from '../families.ts'
import { entryWithFamilies } from '../projectEntry.ts'
import type { Split } from '../selection.ts'

/** Judges the SQL that is pending in one Drizzle project. */
export async function checkMigrations(run: Run, project: Project): Promise<FamilyResult> {
  const folder = readMigrationFolder(run.after, project.out)
  requireBaseline(project, folder)
  const split = run.split(folder)
  const pending = split.deployments.flat()
  const nothing = {
    findings: [],
    problems: [],
    counts: {
      ...noCounts,
      migrationsDeployed: split.deployed.length,
      orphans: folder.orphans.filter((file) => run.touched?.has(file) ?? true).length,
    },
  }
  // The history's rules say it as a finding.
  const missing = runsRule(run, project, 'missing-migration-file')
    ? []
    : missingProblems(folder, split)
  if (pending.length === 0) return { ...nothing, problems: missing }
  const engine = await run.engineOf(project.dialect)
  if (engine === null) {
    return { ...nothing, problems: [...missing, foreignDialect(project, pending)] }
  }
  const clients = clientsOf(project, run.after)
  const judgement = judgementOf(run, project, engine, clients.certain)
  const { sources, problems } = readSources(run.after, pending)
  const start = deployedCatalog(
    judgement,
    split.deployedTree,
    split.deployed,
    folder.missing.length > 0 || problems.length > 0,
    run.store,
  )
  const deployments = replayAll(judgement, start, split, sources)
  const judged = judgeAll(judgement, deployments, clients)
  const findings = judged.flatMap((deployment) => deployment.findings)
  return {
    findings: findings.filter(
      (finding) =>
        !isInBaseline(project, folder, finding) && (run.touched?.has(finding.file) ?? true),
    ),
    problems: [...missing, ...problems],
    counts: {
      ...nothing.counts,
      migrationsJudged: sources.length,
      statements: sum(judged.map((deployment) => deployment.statements)),
      unmodelled: sum(judged.map((deployment) => deployment.unmodelled)),
    },
  }
}

/**
 * Judges all deployments; where a table is rebuilt, what becomes of other tables' rows depends on who
 * runs the migrations, which is then worth a look at the code.
 */
function judgeAll(
  judgement: Judgement,
  deployments: readonly ReplayedDeployment[],
  clients: Clients,
): readonly JudgedDeployment[] {
  const isRebuilt = deployments.some(({ changes }) =>
    changes.some(({ kind }) => kind === 'RebuildTable'),
  )
  const driver = clients.certain ?? (isRebuilt ? clients.search() : null)
  const session = { ...judgement.session, driver: driver ?? judgement.session.driver ?? null }
  const known = deployments.at(-1)?.after
  return deployments.map((deployment) =>
    judgeDeployment({ ...judgement, session }, { ...deployment, session }, known),
  )
}

function judgementOf(run: Run, project: Project, engine: Engine, driver: string | null): Judgement {
  return {
    engine,
    session: { ...sessionOf(project), ...(driver === null ? {} : { driver }) },
    rules: run.rules,
    active: run.active.migration,
    acknowledged: run.acknowledged,
    smallTables: project.smallTables,
    project: project.name,
  }
}

function replayAll(
  judgement: Judgement,
  start: Catalog,
  split: Split,
  sources: ReturnType<typeof readSources>['sources'],
): readonly ReplayedDeployment[] {
  const byName = new Map(sources.map((source) => [source.name, source]))
  let catalog = start
  return split.deployments.map((migrations) => {
    const own = migrations.flatMap(({ name }) => byName.get(name) ?? [])
    const replayed = replayDeployment(judgement, catalog, own)
    catalog = replayed.after
    return replayed
  })
}

/** A pending entry without its SQL: the migrator stops there. */
function missingProblems(folder: MigrationFolder, split: Split): readonly Problem[] {
  const deployed = new Set(split.deployed.map(({ name }) => name))
  return folder.missing
    .filter(({ name }) => !deployed.has(name))
    .map(({ name, file }) => ({
      message: `${file} is missing, but the journal names ${name}`,
      file,
      help: 'Restore the file (git may still have it), or take the entry out of the journal.',
    }))
}

function foreignDialect(project: Project, pending: readonly Migration[]): Problem {
  const count =
    pending.length === 1 ? '1 pending migration was' : `${pending.length} pending migrations were`
  return {
    message: `${project.name}: ${count} not judged, because ${project.dialect} is not supported yet`,
    file: project.config ?? project.out,
    help: `To do without: ${entryWithFamilies(project, ['sync', 'history'])} in the configuration.`,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
