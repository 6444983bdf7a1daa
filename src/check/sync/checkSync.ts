import { runPlacedRules } from '../../lint/placedRule.ts'
import type { FamilyResult, Run } from '../families.ts'
import type { ProjectReading } from '../projectReading.ts'
import { hasMigrations } from '../../drizzle/migrations/layout.ts'
import type { FamilyAccount } from '../account.ts'
import { moving } from '../../git/staging.ts'
import { entryWithFamilies } from '../projectEntry.ts'
import { buildNotices } from './builds.ts'
import { hasSchema } from './hasSchema.ts'
import { isConcerned, touches } from './relevance.ts'
import { halves, subjectOf } from './subject.ts'
import { verdictOn } from './verdict.ts'

const NOTHING: FamilyResult = { findings: [], problems: [] }

/** Compares a project's schema with its migrations. */
export async function checkSync(run: Run, reading: ProjectReading): Promise<FamilyResult> {
  const { project } = reading
  if (run.syncOff !== null) return off(run.syncOff)
  if (run.active.sync.length === 0) return off('rules in the configuration')
  if (!hasSchema(project)) return nothing('no drizzle config names its schema')
  const verdict = await verdictOn(run, reading, run.after)
  if (verdict === null) return withoutMigrations(run, reading)
  // Git knows nothing of what a build was made of.
  const isTold = verdict.absent !== null && verdict.built.length === 0
  const watched = isTold ? [...verdict.watched, ...verdict.absent] : null
  const isTouched = await isConcerned(run, project, verdict)
  const notices = isTouched ? await buildNotices(run, project, verdict) : []
  const isSilent =
    verdict.kind === 'same' && verdict.unsteady.length + verdict.unnoticed.length === 0
  if (verdict.kind === 'same' && (!isTouched || (isSilent && halves(run, reading).length === 0))) {
    return { ...NOTHING, watched, notices, ...(isTouched ? {} : UNCHANGED) }
  }
  const account: FamilyAccount =
    verdict.kind === 'unknown'
      ? { state: 'not-compared', reason: verdict.reason }
      : { state: 'compared' }
  if (verdict.kind === 'unknown') {
    const { reason, help } = verdict
    if (isTouched) return { ...NOTHING, unread: { project, reason, help }, watched, account }
    if (run.saidUnread.has(reason)) return { ...NOTHING, watched, account }
    run.saidUnread.add(reason)
  }
  if (!isTouched && verdict.kind === 'different') return { ...NOTHING, watched, ...UNCHANGED }
  const subject = await subjectOf(run, reading, verdict)
  const { unstaged, incomplete, made, unsure, handWritten } = subject
  const parts = [
    ...unstaged,
    ...incomplete.flatMap(({ present, missing }) => [...present, ...missing]),
  ]
  const findings = runPlacedRules(run.active.sync, subject, project.name, run.acknowledged)
  const said = findings.filter(
    ({ rule, suppressed }) => rule === 'schema-without-migration' && !suppressed,
  )
  const isError = said.some(({ severity }) => severity === 'error')
  const written = [...made, ...unsure]
  return {
    findings,
    problems: [],
    account,
    notices,
    watched,
    halfStaged: isError ? parts : [],
    ...(written.length > 0 && said.length > 0
      ? {
          recorded: {
            objects: new Set(written.map(({ object }) => object)),
            migrations: new Set(handWritten),
          },
        }
      : {}),
  }
}

const UNCHANGED = { account: { state: 'unchanged' } } as const

function off(reason: string): FamilyResult {
  return { ...NOTHING, account: { state: 'off', reason } }
}

function nothing(reason: string): FamilyResult {
  return { ...NOTHING, account: { state: 'nothing', reason } }
}

/**
 * A project without any migration: an error where production has some of it, so that moving `out`
 * does not silence it; else it may bring its schema to the database in another way.
 */
async function withoutMigrations(run: Run, { project }: ProjectReading): Promise<FamilyResult> {
  const { deployed, deployedProjects } = run
  const { name, out } = project
  const before = await deployedProjects?.counterpart(project, out)
  const where = out === '' ? 'the top folder' : out
  if (deployed && before && before.out !== out && hasMigrations(deployed, before.out)) {
    const reason = `its migrations lie in ${before.out} in ${deployed.label}, but there are none in ${where}`
    return {
      ...NOTHING,
      problems: [
        {
          message: `${name}: the schema could not be compared with the migrations: ${reason}`,
          file: project.config ?? out,
          help: `Correct \`out\`, or move the migrations there too: ${moving(before.out, out, run.here)}`,
        },
      ],
      account: { state: 'not-compared', reason },
    }
  }
  const result = nothing(`there is no migration in ${where} yet`)
  if (run.touched === null || !touches(run.touched, project, project.schema)) return result
  const notice = `${name}: the schema was compared with nothing, because there is no migration in ${where} yet. If it reaches the database in another way (drizzle-kit push), say so: ${entryWithFamilies(project, ['history', 'migration'])} in the configuration.`
  return { ...result, notices: [notice] }
}
