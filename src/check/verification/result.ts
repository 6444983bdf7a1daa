import { displayName } from '../../catalog/names.ts'
import type { Timeline } from '../../dialects/timeline.ts'
import type { Change } from '../../catalog/change.ts'
import type { Engine } from '../../dialects/dialect.ts'
import type { Finding, Problem } from '../../finding/finding.ts'
import type { ReplayedDeployment } from '../../lint/judge.ts'
import type { Unit } from '../../verify/plan.ts'
import type { Scratch } from '../../verify/scratch.ts'
import type { FamilyResult, Run } from '../families.ts'
import { type PendingMigrations, judgeAll, outcome } from '../migrations/checkMigrations.ts'
import type { ProjectReading } from '../projectReading.ts'
import { dependsOnData, failsOnMadeUpRows, isOfRows, notTriedOnData } from './dependsOnData.ts'
import { disagreements } from './disagreements.ts'
import { idleEngine, measuredEngine, refusedElsewhere } from './measuredEngine.ts'
import {
  lostProblems,
  refusedProblems,
  unappliedProblems,
  unrunProblems,
  unseededProblems,
} from './problems.ts'
import type { RanDeployment } from './ranDeployment.ts'
import { measuredTimeline } from './timeline.ts'

/** What running the deployments of a project has shown. */
export function verificationResult(
  run: Run,
  reading: ProjectReading,
  pending: PendingMigrations,
  ran: readonly RanDeployment[],
  problems: readonly Problem[],
  { server, major, stubbed }: Pick<Scratch, 'server' | 'major' | 'stubbed'>,
): FamilyResult {
  const { judgement, clients } = pending
  const { name } = reading.project
  const groups = ran.flatMap((one) => one.groups)
  const deployments = ran.map(({ replayed }) => replayed)
  const judgedBy = (engine: Engine) =>
    outcome(
      run,
      reading,
      { ...pending, deployments },
      judgeAll({ ...judgement, engine }, deployments, clients),
    )
  const { session } = judgement
  const refused = refusedElsewhere(judgement.engine, session, major, groups)
  const all = judgedBy(measuredEngine(judgement.engine, session, groups, refused))
  const textual = new Set(judgedBy(idleEngine(judgement.engine, groups)).findings.map(keyOf))
  const units = ran.flatMap((one) => one.measured.units.map((unit) => ({ one, unit })))
  const unitOf = ({ file, range }: Finding) =>
    units.find(
      ({ unit }) =>
        range !== null && unit.file === file && unit.start <= range.start && range.start < unit.end,
    )
  /** It, and those in which the same change goes on: a table is rebuilt by several statements. */
  const withOthers = (found: (typeof units)[number]) => {
    const { at } = found.unit
    const group = found.one.groups.find((one) => one.units.has(at))
    return [...(group?.units ?? [at])]
  }
  const madeUp = groups
    .filter(({ measured }) => measured.some(({ error }) => error?.when === 'rows'))
    .flatMap(({ changes }) => (isOfRows(changes) ? changes : []))
  const findings = all.findings.flatMap((finding): Finding[] => {
    const found = unitOf(finding)
    if (isAboutFailure(finding) && madeUp.some(isAt(finding))) return []
    if (!found?.one.effects.has(found.unit.at)) return []
    const hasFailed = () => withOthers(found).some((at) => found.one.effects.get(at)?.error != null)
    const isSeen = isAboutFailure(finding) ? hasFailed() : !textual.has(keyOf(finding))
    const isElsewhere = isAboutFailure(finding) && [...refused.keys()].some(isAt(finding))
    if (!isSeen && isElsewhere) return [finding]
    return isSeen ? [{ ...finding, measured: true }] : []
  })
  const unsaid = all.findings.filter(
    (finding) =>
      !finding.suppressed &&
      textual.has(keyOf(finding)) &&
      !findings.some((one) => keyOf(one) === keyOf(finding)),
  ).length
  const timelines: readonly Timeline[] = ran.map((one) =>
    measuredTimeline(name, one.measured, one.effects),
  )
  const isFound = (unit: Unit) =>
    findings.some((finding) => {
      const found = unitOf(finding)
      return found?.one.measured.units.includes(unit) && withOthers(found).includes(unit.at)
    }) ||
    madeUp.some(
      ({ origin: { file, start } }) =>
        unit.file === file && unit.start <= start && start < unit.end,
    )
  return {
    ...all,
    findings,
    problems: [
      ...all.problems,
      ...problems,
      ...ran.flatMap(({ replayed, measured, applied }) => [
        ...refusedProblems(measured, isFound),
        ...unrunProblems(measured),
        ...lostProblems(measured.lost ?? applied.lost, name),
        ...unappliedProblems(applied.refused),
        ...unseededProblems(measured, tablesOf(replayed)),
      ]),
    ],
    notices: [
      ...(refused.size > 0 ? [olderServer(server, session.version)] : []),
      ...stubbed.map(
        (extension) =>
          `${name}: ${server} does not have the extension ${extension}; an empty one stands in for it, so what needs it fails here.`,
      ),
      ...ran.flatMap(({ measured, groups: own }) => failsOnMadeUpRows(measured, own)),
      ...ran.flatMap(({ measured, groups: own }) =>
        dependsOnData(judgement.engine, judgement.session, measured, own),
      ),
      ...ran.flatMap(({ measured }) => notTriedOnData(measured)),
      ...ran.flatMap((one) => disagreements(judgement, one, major, server)),
      ...(unsaid > 0 ? [`${name}: ${inTheText(unsaid)}`] : []),
    ],
    ranOn: server,
    timelines: () => timelines,
  }
}

function isAboutFailure({ category }: Finding): boolean {
  return category === 'fails-on-rows' || category === 'cannot-run'
}

function keyOf({ rule, object, file, range, message }: Finding): string {
  return JSON.stringify([rule, object, file, range, message])
}

/** The tables that a deployment names. */
function tablesOf({ changes }: ReplayedDeployment): ReadonlySet<string> {
  return new Set(
    changes.flatMap((change) =>
      'table' in change && change.table !== null ? [displayName(change.table)] : [],
    ),
  )
}

/** Whether a change stands where a finding does. */
function isAt({ file, range }: Finding): (change: Change) => boolean {
  return ({ origin }) =>
    origin.file === file &&
    range !== null &&
    origin.start <= range.start &&
    range.start < origin.end
}

function olderServer(server: string, version: number | null): string {
  const target = version === null ? 'an older PostgreSQL' : `PostgreSQL ${version}`
  return `${server} accepts what ${target} refuses: the findings that are not marked as measured say what. To run it there: migration-lint verify --url, on a server of that version.`
}

/** What is not repeated here: data that is lost, code that breaks. */
function inTheText(count: number): string {
  const what = count === 1 ? '1 more finding comes' : `${count} more findings come`
  return `${what} from reading the SQL and cannot be measured: run migration-lint without verify to see ${count === 1 ? 'it' : 'them'}.`
}
