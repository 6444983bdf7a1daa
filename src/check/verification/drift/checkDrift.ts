import { type Change, rangeOf } from '../../../catalog/change.ts'
import { subjectKey } from '../../../catalog/subject.ts'
import type { Engine } from '../../../dialects/dialect.ts'
import { compareSchema } from '../../../drizzle/kit/compare.ts'
import type { Verdict } from '../../../drizzle/kit/verdict.ts'
import type { Project } from '../../../drizzle/find/project.ts'
import { projectCommand } from '../../../drizzle/find/projectCommand.ts'
import type { Finding } from '../../../finding/finding.ts'
import type { Tree } from '../../../git/tree.ts'
import type { ReplayedDeployment } from '../../../lint/judge.ts'
import { runPlacedRules } from '../../../lint/placedRule.ts'
import type { Database } from '../../../verify/catalog/readDatabase.ts'
import { readScratch } from '../../../verify/catalog/readScratch.ts'
import { applySchema } from '../../../verify/catalog/applySchema.ts'
import type { Scratch } from '../../../verify/scratch.ts'
import { isInBaseline } from '../../baseline.ts'
import type { FamilyResult, Run } from '../../families.ts'
import type { ProjectReading } from '../../projectReading.ts'
import { tableOf, touched } from '../../snapshots/uncertainty.ts'
import { locateDeclarations } from '../../sync/declarations.ts'
import { subjectByKit } from '../../sync/kitsList.ts'
import { hasSchema } from '../../sync/hasSchema.ts'
import { isConcerned } from '../../sync/relevance.ts'
import { verdictOn } from '../../sync/verdict.ts'
import type { PlacedDrift } from './drift.ts'
import { type DatabaseDrift, type Drifted, driftBetween } from './driftBetween.ts'
import { managedBy } from './managed.ts'

/** What the comparison of a schema with a database takes. */
export interface DriftQuestion {
  readonly engine: Engine
  readonly deployments: readonly ReplayedDeployment[]
  /** What production has, and what it will have. */
  readonly before: Database
  readonly after: Database
  /** Another database, with nothing in it but what is there before the first migration. */
  open(): Promise<Scratch>
}

const NOTHING = { findings: [], problems: [] }

/**
 * Compares the database that the migrations have made with the one that the schema makes, on the same
 * server.
 */
export async function checkDrift(
  run: Run,
  reading: ProjectReading,
  question: DriftQuestion,
): Promise<FamilyResult> {
  const { project } = reading
  const { name } = project
  const reason = whyNot(run, project)
  if (reason !== null) {
    return reason === '' ? NOTHING : { ...NOTHING, notices: [`${name}: ${reason}`] }
  }
  const verdict = await wholeSchema(run, reading, run.after)
  if (verdict.kind === 'unknown') {
    const { reason: why, help } = verdict
    if (await isConcerned(run, project, verdict))
      return { ...NOTHING, unread: { project, reason: why, help } }
    return { ...NOTHING, notices: [`${name}: the schema was not compared: ${why}.`] }
  }
  const isManaged = await managedBy(project)
  const scratch = await question.open()
  const { drift, known, refused } = await (async () => {
    try {
      const read = () => readScratch(scratch, question.engine)
      const given = await read()
      await scratch.keep()
      const refused = await applySchema(scratch, sqlOf(verdict), question.after)
      const declared = await read()
      const drift = driftBetween(question.after, declared, given.others, isManaged)
      const known = new Set<string>()
      const learn = (declared: Database) => {
        const was = driftBetween(question.before, declared, given.others, isManaged)
        for (const one of was.drifted) known.add(contentOf(one))
      }
      const past = drift.drifted.length === 0 ? null : await deployedSchema(run, reading)
      // What the schema was at the tag, nobody knows: what differed from today's then is older.
      if (past === null && run.since !== null) learn(declared)
      else if (past !== null) {
        await scratch.restore()
        await applySchema(scratch, past, question.before)
        learn(await read())
      }
      return { drift, known, refused }
    } finally {
      await scratch.close()
    }
  })()
  const drifted = await placed(run, reading, question, verdict, drift, known)
  const commands = {
    generate: projectCommand(run.after, project, 'generate', run.here).line,
    custom: projectCommand(run.after, project, 'generate', run.here, '--custom').line,
  }
  const subject = { drifted, deployedLabel: run.deployed?.label ?? run.since ?? '', commands }
  const findings = runPlacedRules(run.active.drift, subject, name, run.acknowledged)
  return {
    findings: findings
      .filter((finding) => !isInBaseline(run, project, reading.folder, finding))
      .map((finding) => ({ ...acknowledgedElsewhere(run, finding), measured: true })),
    problems: refused.map(({ sql, error }) => ({
      message: `${name}: a part of the schema does not run on a new database, so it was not compared: ${clipped(sql)}: ${error.message}`,
      file: project.config ?? project.out,
      help: 'What it needs and neither the schema nor a migration creates goes into an SQL file that verify.setup of the configuration names.',
    })),
    notices: drift.unmodelled.length === 0 ? [] : [unmodelledNotice(name, drift)],
  }
}

/** Why nothing is compared, in a clause; empty where there is nothing to say. */
function whyNot(run: Run, project: Project): string | null {
  const { families } = project
  if (!hasSchema(project)) return ''
  const without = (by: string) => `the schema was not compared with the database: ${by}.`
  if (run.active.drift.length === 0) return without('schema-drift is off in the configuration')
  if (run.syncOff?.startsWith('sync:')) return without(run.syncOff)
  return families.includes('sync') ? null : without('families in the configuration leave sync out')
}

function wholeSchema(run: Run, reading: ProjectReading, tree: Tree): Promise<Verdict> {
  return compareSchema({
    root: run.root,
    here: run.here,
    tree,
    project: reading.project,
    // Nothing that the migrations say of themselves is asked.
    folder: { ...reading.folderAt(tree), migrations: [], missing: [] },
    latest: { file: null, snapshot: null, incomplete: [], broken: null },
    env: run.env,
    withBuild: tree === run.after,
    fromScratch: true,
    cache: run.store,
  })
}

function sqlOf(verdict: Verdict): readonly string[] {
  return verdict.kind === 'different' ? verdict.sql : []
}

/** The schema as production's tree has it; null where nobody knows. */
async function deployedSchema(
  run: Run,
  reading: ProjectReading,
): Promise<readonly string[] | null> {
  const { deployed } = run
  if (deployed === null) return null
  const { path } = reading.folderIn(deployed)
  const project = await run.deployedProjects?.counterpart(reading.project, path)
  if (!project) return null
  const verdict = await wholeSchema(run, reading.as(project), deployed)
  return verdict.kind === 'unknown' ? null : sqlOf(verdict)
}

/** By this a difference is known to be the same as before. */
function contentOf({ subject, disparity, sides }: Drifted): string {
  return JSON.stringify([subjectKey(subject), disparity, sides])
}

async function placed(
  run: Run,
  reading: ProjectReading,
  { deployments }: DriftQuestion,
  verdict: Verdict,
  { drifted }: DatabaseDrift,
  known: ReadonlySet<string>,
): Promise<readonly PlacedDrift[]> {
  if (drifted.length === 0) return []
  const { project } = reading
  const { placeOf } = await locateDeclarations(run.after, project, verdict)
  const next = await verdictOn(run, reading, run.after)
  const unsteady = new Set(
    (next === null || next.kind === 'unknown' ? [] : next.unsteady).flatMap(({ object, table }) => {
      const subject = subjectByKit(project.dialect, 'column', object, table)
      return subject === null ? [] : [subjectKey(subject)]
    }),
  )
  const differing = new Set(
    next?.kind === 'different'
      ? next.differences.map(({ object, change }) => `${change} ${object}`)
      : [],
  )
  const changes = deployments.flatMap((one) => one.changes).reverse()
  return drifted.flatMap((one): readonly PlacedDrift[] => {
    const { subject } = one
    const key = subjectKey(subject)
    // A default that is computed when the schema is loaded is another one each time.
    if (unsteady.has(key) && one.changes.every(({ kind }) => kind === 'SetDefault')) return []
    const isAbout = (wanted: string) => (change: Change) =>
      touched(change).map(subjectKey).includes(wanted)
    const isMade = (change: Change) =>
      change.kind === 'CreateTable' && one.disparity !== 'missing' && isAbout(tableOf(key))(change)
    const origin = (changes.find(isAbout(key)) ?? changes.find(isMade))?.origin
    const place = origin
      ? { migration: origin.migration, file: origin.file, range: rangeOf(origin) }
      : { migration: null, ...placeOf(subject) }
    // What SQL has made otherwise than drizzle-kit would make it, it cannot make.
    const generated = differing.has(`${CHANGES[one.disparity]} ${one.object}`)
    return [{ ...one, ...place, known: known.has(contentOf(one)), generated }]
  })
}

const CHANGES = {
  missing: 'added',
  extra: 'removed',
  required: 'removed',
  differs: 'changed',
} as const

/** Rules that say of the same object that schema, snapshot and SQL disagree, before anything is run. */
const ALSO = new Set(['snapshot-mismatch', 'schema-without-migration'])

function acknowledgedElsewhere({ acknowledged }: Run, finding: Finding): Finding {
  if (finding.suppressed) return finding
  const entry = acknowledged.find(
    ({ rule, object }) => ALSO.has(rule) && object !== undefined && object === finding.object,
  )
  return entry ? { ...finding, suppressed: { reason: entry.reason } } : finding
}

const MOST_LISTED = 12

function unmodelledNotice(name: string, { unmodelled }: DatabaseDrift): string {
  const listed = unmodelled.slice(0, MOST_LISTED).map(clipped).join(', ')
  const more = unmodelled.length - MOST_LISTED
  return `${name}: only the migrations make, and the schema need not: ${listed}${more > 0 ? `, and ${more} more` : ''}.`
}

const LONGEST = 100

function clipped(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
