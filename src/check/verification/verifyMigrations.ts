import type { BaseName } from '../../dialects/names.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Problem } from '../../finding/finding.ts'
import type { MigrationSource } from '../../dialects/dialect.ts'
import { listed } from '../../finding/listed.ts'
import type { ReplayedDeployment } from '../../lint/judge.ts'
import { readScratch } from '../../verify/catalog/readScratch.ts'
import { readContents } from '../../verify/contents.ts'
import { emptyAll } from '../../verify/empty.ts'
import { type Measured, measure } from '../../verify/measure.ts'
import type { MeasureOptions } from '../../verify/passes.ts'
import { planOf } from '../../verify/plan.ts'
import { type Refusal, runUnits } from '../../verify/run.ts'
import { type Scratch, ScratchLost } from '../../verify/scratch.ts'
import type { Stage } from '../../verify/measurable.ts'
import { onScratch } from '../../verify/stage.ts'
import { roughen } from '../../verify/roughen.ts'
import { unitEffects } from '../../verify/unitEffects.ts'
import type { FamilyResult, Run } from '../families.ts'
import { type PendingMigrations, readPending } from '../migrations/checkMigrations.ts'
import type { ProjectReading } from '../projectReading.ts'
import { hasSchema } from '../sync/hasSchema.ts'
import { type Start, goBack } from './back/goBack.ts'
import { planBack } from './back/planBack.ts'
import type { WayBack } from './back/wayBack.ts'
import { statementsBeyond } from './beyond.ts'
import { missingRoles, standingIn, withoutRoles } from './stubbedRoles.ts'
import { extensionsIn } from './extensions.ts'
import { type DriftQuestion, checkDrift } from './drift/checkDrift.ts'
import { groupsOf } from './measuredEngine.ts'
import { openDeployed } from './openDeployed.ts'
import { lost, skippedProblems } from './problems.ts'
import { prerequisites } from './prerequisites.ts'
import { ALL_APPLIED, type Applied, type RanDeployment, isIncomplete } from './ranDeployment.ts'
import { verificationResult } from './result.ts'
import type { VerifySettings } from './settings.ts'
import { skippedMigrations } from './skipped.ts'
import { verifyOnMysql } from './mysql.ts'
import { verifyOnSqlite } from './sqlite.ts'

/** Runs what is pending of a project. */
type Verifier = (
  run: Run,
  reading: ProjectReading,
  pending: PendingMigrations,
  settings: VerifySettings,
) => Promise<FamilyResult>

/** Who runs a dialect's migrations; null where nobody does yet. */
const VERIFIERS: Readonly<Record<BaseName, Verifier | null>> = {
  postgresql: verified,
  sqlite: verifyOnSqlite,
  mysql: verifyOnMysql,
  singlestore: null,
  gel: null,
  mssql: null,
  cockroach: null,
}

/** Judges what is pending by running it on a database of its own. */
export function verifyMigrations(settings: VerifySettings): Run['migrations'] {
  return async (run, reading) => {
    const pending = await readPending(run, reading)
    const { base, sql } = dialectOf(reading.project.dialect)
    const isJudged = 'judgement' in pending
    if (!isJudged && (sql !== null || pending.notices?.length === 0)) return pending
    const verifyOn = VERIFIERS[base]
    if (!isJudged || verifyOn === null) {
      const reason = `verify does not run ${reading.project.dialect} yet`
      const problem = { message: `${reading.project.name}: ${reason}`, file: null, help: '' }
      return {
        ...(isJudged ? pending.nothing : pending),
        notices: [],
        problems: [...pending.problems, problem],
        account: { state: 'not-compared', reason },
      }
    }
    return await verifyOn(run, reading, pending, settings)
  }
}

async function verified(
  run: Run,
  reading: ProjectReading,
  pending: PendingMigrations,
  settings: VerifySettings,
): Promise<FamilyResult> {
  const { project, folder, split } = reading
  const deployed = reading.sources(split.deployedTree, split.deployed)
  const deployments = pending.deployments
  const all = deployments.map(({ sources }) => sources)
  const { engine } = pending.judgement
  const given = prerequisites(run, run.verify)
  const bare = settings.server ? withoutRoles(engine, given) : { sources: given, roles: [] }
  const before = [...bare.sources, ...deployed.sources]
  const texts = [...before, ...all.flat()].map(({ text }) => text)
  if (settings.server) {
    const beyond = statementsBeyond(engine, [...before, ...all.flat()])
    if (beyond.length > 0) return { ...pending.nothing, problems: beyond }
  }
  let standIns: readonly string[] = []
  const open = (sources: readonly MigrationSource[], kept: string) =>
    openDeployed(run, project, sources, extensions, settings, kept, async (opened) => {
      standIns = await missingRoles(opened, bare.roles)
      return standingIn(opened, engine, standIns)
    })
  const skipped = skippedMigrations(folder, split.deployed, all)
  const extensions = extensionsIn(texts)
  const scratch = await open(before, project.name)
  const problems: Problem[] = [...deployed.problems, ...skippedProblems(all.flat(), skipped)]
  const ran: RanDeployment[] = []
  let way: Way | null = null
  let back: WayBack | null = null
  try {
    const before = await readScratch(scratch, engine)
    const last = deployments.at(-1)
    let start: Start = { database: before, contents: null }
    for (const [at, replayed] of deployments.entries()) {
      const place = deployments.length > 1 ? `: ${at + 1} of ${deployments.length}` : ''
      settings.progress?.(`running pending migrations${place}`)
      const prepare: Prepare = async (rows) => {
        if (replayed !== last) return
        const contents = rows && (await filled(scratch, rows, replayed.changes))
        const database = ran.length === 0 ? before : await readScratch(scratch, engine)
        start = { database, contents }
      }
      const one = await runDeployment(scratch, pending, replayed, skipped, ran, prepare)
      ran.push(one)
      if (one.measured.lost ?? one.applied.lost) break
    }
    const isWhole = ran.length === deployments.length && !ran.some(isLacking) && skipped.size === 0
    if (isWhole && last) {
      const read = () => readScratch(scratch, engine)
      way = { before, after: await read() }
      const plan = planBack(engine, run.after, folder, last)
      back = await goBack(scratch, project.name, plan, start, read)
    }
  } catch (error) {
    if (!(error instanceof ScratchLost)) throw error
    problems.push(lost(error, project.name))
  } finally {
    await scratch.close()
  }
  const result = verificationResult(run, reading, pending, ran, problems, scratch)
  const drift = await driftAfter(run, reading, pending, way, () => open(bare.sources, 'schema'))
  const whole = together(result, drift)
  const notices = [...(whole.notices ?? []), ...standInNotices(project.name, standIns)]
  return { ...whole, notices, ...(back ? { back } : {}) }
}

/** A few rows in the tables of a deployment, and what they are. */
async function filled(
  scratch: Scratch,
  rows: Stage,
  changes: ReplayedDeployment['changes'],
): Promise<Start['contents']> {
  await emptyAll(scratch)
  await rows.fill()
  await roughen(scratch, changes)
  return readContents(scratch)
}

function standInNotices(name: string, roles: readonly string[]): readonly string[] {
  return roles.length === 0
    ? []
    : [
        `${name}: the server of --url does not have the roles ${listed(roles)}, and verify creates none, because roles belong to the whole server: policies and grants for them were made for PUBLIC.`,
      ]
}

/** What stood in the database before the first deployment, and after the last one. */
type Way = Pick<DriftQuestion, 'before' | 'after'>

/**
 * @param way - null where not everything could be run
 * @param open - another database, to make the schema in
 */
async function driftAfter(
  run: Run,
  reading: ProjectReading,
  { judgement, deployments }: PendingMigrations,
  way: Way | null,
  open: DriftQuestion['open'],
): Promise<FamilyResult> {
  const nothing = { findings: [], problems: [] }
  const last = deployments.at(-1)?.sources.at(-1)
  // Of what is not the end of the history the schema says nothing.
  const isEnd = last?.name === reading.whole.migrations.at(-1)?.name
  if (way === null) {
    const { name } = reading.project
    const also = isEnd && hasSchema(reading.project) ? ', nor the schema compared with it' : ''
    const notice = `${name}: not everything that is pending could be run, so the database was not taken back${also}.`
    return { ...nothing, notices: [notice] }
  }
  return isEnd
    ? checkDrift(run, reading, { ...way, engine: judgement.engine, deployments, open })
    : nothing
}

function together(one: FamilyResult, other: FamilyResult): FamilyResult {
  return {
    ...one,
    findings: [...one.findings, ...other.findings],
    problems: [...one.problems, ...other.problems],
    notices: [...(one.notices ?? []), ...(other.notices ?? [])],
    ...(other.unread ? { unread: other.unread } : {}),
  }
}

function isLacking(one: RanDeployment): boolean {
  return (one.measured.lost ?? one.applied.lost) !== null || isIncomplete(one)
}

/** Runs one deployment, and leaves it in the database: for the next one, and to be compared. */
async function runDeployment(
  scratch: Scratch,
  { judgement }: PendingMigrations,
  replayed: ReplayedDeployment,
  skipped: ReadonlySet<string>,
  before: readonly RanDeployment[],
  prepare: Prepare,
): Promise<RanDeployment> {
  const { engine, session } = judgement
  const sources = replayed.sources.filter(({ name }) => !skipped.has(name))
  const units = planOf(engine, sources, session.transaction)
  const options = {
    span: session.transaction,
    timezone: session.timezone,
    // What the migrator passes over, others may build on.
    incomplete: skipped.size > 0 || before.some(isIncomplete),
    kept: before.length === 0 && scratch.keptWhenOpened,
  }
  const database = onScratch(scratch, units)
  const measured = await measure(database, units, options)
  const applied =
    measured.lost === null
      ? await commit(scratch, measured, options, () =>
          prepare(measured.failures.size === 0 ? database.stage({ count: 20 }) : null),
        )
      : ALL_APPLIED
  const effects = unitEffects(measured, database)
  return { replayed, measured, applied, effects, groups: groupsOf(replayed, measured, effects) }
}

/**
 * Is called when the database stands where it stood before the deployment.
 *
 * @param rows - fills its tables; null where ordinary rows keep something of it from being applied
 */
type Prepare = (rows: Stage | null) => Promise<void>

/**
 * Applies what can be applied, for the deployments after it to stand on. A statement that ran while it
 * was measured can fail here: other rows are there, or none.
 */
async function commit(
  scratch: Scratch,
  { units, failures, unrun, adverse, changed }: Measured,
  options: MeasureOptions,
  prepare: () => Promise<void>,
): Promise<Applied> {
  if (changed) await scratch.restore()
  // What fails on the rows that are there now would fail again.
  else if (failures.size + adverse.size > 0) await emptyAll(scratch)
  await prepare()
  const without = new Set(unrun)
  for (const [at, { when }] of failures) if (when === 'always') without.add(at)
  const refused: Refusal[] = []
  for (;;) {
    const { failed, lost, stays } = await runUnits(scratch, units, {
      ...options,
      without,
      commit: true,
    })
    if (failed === null || lost !== null) return { refused, lost }
    refused.push(failed)
    without.add(failed.unit.at)
    if (stays) await scratch.restore()
  }
}
