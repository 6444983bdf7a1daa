import type { Project } from '../../drizzle/find/project.ts'
import type { Migration, MigrationFolder } from '../../drizzle/migrations/migration.ts'
import type { Engine, Failure } from '../../dialects/dialect.ts'
import { internalError } from '../../finding/internalError.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Problem } from '../../finding/finding.ts'
import {
  type JudgedDeployment,
  type Judgement,
  type ReplayedDeployment,
  judgeDeployment,
} from '../../lint/judge.ts'
import { outlineOf } from '../../lint/outline.ts'
import { computedTimeline } from '../../lint/timeline.ts'
import type { FamilyAccount } from '../account.ts'
import { type Counts, noCounts } from '../result.ts'
import { dialectOf } from '../../dialects/registry.ts'
import { type Clients, clientsOf } from './client.ts'
import { sessionOf } from '../session.ts'
import { productNotices, productOf } from './product.ts'
import type { Sources } from '../sources.ts'
import { isInBaseline, requireBaseline } from '../baseline.ts'
import type { ProjectReading } from '../projectReading.ts'
import type { Replay } from '../replay.ts'
import { SIZES_FILE, type Sizes, readSizesOf } from '../sizesFile.ts'
import { deployedCatalog } from './deployedCatalog.ts'
import { idleAcknowledgements, missingSmallTables } from './ineffective.ts'
import { type FamilyResult, type Run, runsRule } from '../families.ts'
import type { Split } from '../selection.ts'

/** What is pending in one project, replayed but not yet judged. */
export interface PendingMigrations {
  readonly judgement: Judgement
  readonly clients: Clients
  /** What production has. */
  readonly start: Catalog
  readonly deployments: readonly ReplayedDeployment[]
  /** The same for later: what of them memory had to be made free of is replayed once more. */
  readonly replayed: () => readonly ReplayedDeployment[]
  /** Pending files that are not there, or that are not text. */
  readonly problems: readonly Problem[]
  /** What is said even if nothing is judged. */
  readonly nothing: FamilyResult & { readonly counts: Counts }
}

/** Judges the SQL that is pending in one Drizzle project. */
export async function checkMigrations(run: Run, reading: ProjectReading): Promise<FamilyResult> {
  const pending = await readPending(run, reading)
  if (!('judgement' in pending)) return pending
  const judged = judgeAll(pending.judgement, pending.deployments, pending.clients)
  const { judgement, replayed } = pending
  return {
    ...outcome(run, reading, pending, judged),
    timelines: () =>
      replayed().map((deployment) =>
        computedTimeline(judgement.engine, deployment, judgement.project),
      ),
  }
}

/**
 * Reads and replays what is pending.
 *
 * @returns the result where there is nothing to judge, or nobody can
 */
export async function readPending(
  run: Run,
  reading: ProjectReading,
): Promise<PendingMigrations | FamilyResult> {
  const { project, whole: folder, split } = reading
  requireBaseline(project, folder)
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
  if (pending.length === 0) {
    const isEmpty = folder.migrations.length + folder.missing.length === 0
    const account: FamilyAccount = isEmpty
      ? { state: 'nothing', reason: 'there is no migration' }
      : { state: 'unchanged' }
    return { ...nothing, problems: missing, account }
  }
  const engine = await run.engineOf(reading)
  if (engine === null) {
    const reason = `the SQL of ${project.dialect} is not judged`
    const account: FamilyAccount = { state: 'off', reason }
    return { ...nothing, problems: missing, notices: [notJudged(project, pending)], account }
  }
  const clients = clientsOf(project, run.after)
  const judgement = judgementOf(run, project, engine, clients.certain)
  const { sources, problems } = reading.sources(run.after, pending)
  const replay: Replay = (catalog, own) => reading.replay(engine, catalog, own)
  const start = deployedCatalog(
    replay,
    judgement,
    split.deployedTree,
    split.deployed,
    folder.missing.length > 0 || problems.length > 0,
    run.store,
  )
  const isOnDevices = dialectOf(project.dialect).clients.some(
    ({ name, onDevices }) => name === clients.certain && onDevices,
  )
  const units = isOnDevices ? pending.map((migration) => [migration]) : split.deployments
  const deployments = replayAll(replay, start, units, sources)
  // A whole history takes more memory than anything else, and few formats ask for it again.
  const kept = new WeakRef(deployments)
  return {
    judgement,
    clients,
    start,
    deployments,
    replayed: () => kept.deref() ?? replayAll(replay, start, units, sources),
    problems: [...missing, ...problems],
    nothing,
  }
}

/** What becomes of judged deployments: what is in the baseline or out of scope is left out. */
export function outcome(
  run: Run,
  { project, folder }: ProjectReading,
  { judgement, start, deployments, replayed, problems, nothing }: PendingMigrations,
  judged: readonly JudgedDeployment[],
): FamilyResult {
  const findings = judged.flatMap((deployment) => deployment.findings)
  const catalogs = [start, ...deployments.map(({ after }) => after)]
  const ran = new Set(run.active.migration.map(({ rule }) => rule.name))
  const sources = deployments.flatMap((deployment) => deployment.sources)
  const names = new Set(sources.map((source) => source.name))
  // A hook is asked about a commit, not about the configuration.
  const notices =
    run.touched === null
      ? [
          ...productNotices(project, judgement.session.product ?? null),
          ...missingSmallTables(project, catalogs),
          ...idleAcknowledgements(run.acknowledged, names, findings, ran),
        ]
      : []
  return {
    notices,
    findings: findings.filter(
      (finding) =>
        !isInBaseline(run, project, folder, finding) && (run.touched?.has(finding.file) ?? true),
    ),
    problems: [...problems, ...judged.flatMap(({ failures }) => failureProblems(run, failures))],
    outlines: () =>
      replayed().map((deployment) => outlineOf(judgement.engine, deployment, judgement.project)),
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
export function judgeAll(
  judgement: Judgement,
  deployments: readonly ReplayedDeployment[],
  clients: Clients,
): readonly JudgedDeployment[] {
  const isRebuilt = deployments.some(({ changes }) =>
    changes.some(({ kind }) => kind === 'RebuildTable'),
  )
  const driver = clients.certain ?? (isRebuilt ? clients.search() : null)
  const session = {
    ...judgement.session,
    driver: driver ?? judgement.session.driver ?? null,
    keysOff: isRebuilt && clients.switchesKeysOff(),
  }
  const known = deployments.at(-1)?.after
  return deployments.map((deployment) =>
    judgeDeployment({ ...judgement, session }, { ...deployment, session }, known),
  )
}

/** How the migrations of a project are judged. */
export function judgementOf(
  run: Run,
  project: Project,
  engine: Engine,
  driver: string | null,
): Judgement {
  const sizes = knownSizes(run, project)
  return {
    engine,
    session: {
      ...sessionOf(project),
      ...(driver === null ? {} : { driver }),
      product: productOf(project, run.after),
    },
    rules: run.rules,
    active: run.active.migration,
    acknowledged: run.acknowledged,
    smallTables: [...project.smallTables, ...smallerThan(sizes, project.smallBelow)],
    sizes,
    downtime: project.downtime ?? false,
    project: project.name,
  }
}

/** What `status --sizes --save` has left. */
function knownSizes({ after }: Run, { name }: Project): Sizes {
  const text = after.read(SIZES_FILE)?.toString('utf8')
  return text === undefined ? new Map() : readSizesOf(text, name)
}

/** What was never analysed, or is not listed, counts as large. */
function smallerThan(sizes: Sizes, rows: number | null): readonly string[] {
  return [...sizes].flatMap(([name, size]) =>
    rows !== null && size.rows !== null && size.rows < rows ? [name] : [],
  )
}

function replayAll(
  replay: Replay,
  start: Catalog,
  units: Split['deployments'],
  sources: Sources['sources'],
): readonly ReplayedDeployment[] {
  const byName = new Map(sources.map((source) => [source.name, source]))
  let catalog = start
  return units.map((migrations) => {
    const own = migrations.flatMap(({ name }) => byName.get(name) ?? [])
    const replayed = replay(catalog, own)
    catalog = replayed.after
    return replayed
  })
}

/** Each statement once, whichever rules failed on it. */
function failureProblems({ after, touched }: Run, failures: readonly Failure[]): Problem[] {
  const problems = failures
    .filter(({ file }) => touched?.has(file) ?? true)
    .map(({ file, range, error }) => {
      const text = after.read(file)?.toString('utf8') ?? ''
      const line = text.slice(0, range?.start ?? 0).split('\n').length
      return internalError(error, range === null ? file : `the statement at ${file}:${line}`, file)
    })
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()]
}

/** A pending entry without its SQL: the migrator stops there. */
function missingProblems(folder: MigrationFolder, split: Split): readonly Problem[] {
  const deployed = new Set(split.deployed.map(({ name }) => name))
  return folder.missing
    .filter(({ name }) => !deployed.has(name))
    .map(({ name, file }) => ({
      message: `${file} is missing, but the journal lists ${name}`,
      file,
      help: 'Restore the file (git may still have it), or remove its entry from the journal.',
    }))
}

/** One line, and no failure: nobody can do anything about it, and the other families do their part. */
function notJudged({ name, dialect }: Project, pending: readonly Migration[]): string {
  const count =
    pending.length === 1 ? '1 pending migration was' : `${pending.length} pending migrations were`
  return `${name}: ${count} not judged, because ${dialect} is not supported yet; schema and history are checked`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
