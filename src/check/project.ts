import { journalPath } from '../drizzle/migrations/layout.ts'
import type { Project } from '../drizzle/find/project.ts'
import type { Finding, Problem } from '../finding/finding.ts'
import { noCounts } from './result.ts'
import { checkHistory } from './history/checkHistory.ts'
import { checkSnapshots } from './snapshots/checkSnapshots.ts'
import { checkSync } from './sync/checkSync.ts'
import { withoutSettled } from './history/remade.ts'
import { withoutHalves, withoutRecorded } from './sync/halfStaged.ts'
import { type FamilyResult, type ProjectResult, type Run, runsFamily } from './families.ts'
import { internalError } from '../finding/internalError.ts'
import type { FamilyAccount } from './account.ts'
import type { ProjectReading } from './projectReading.ts'
import type { RuleFamily } from '../config/config.ts'

/** The checks of a project. */
export type CheckName = 'sync' | 'history' | 'snapshots' | 'migrations'

type Check = (run: Run, reading: ProjectReading) => Promise<FamilyResult>

/** The checks and their families, in the order of the report. */
const CHECKS: Readonly<Record<CheckName, { readonly family: RuleFamily; readonly check: Check }>> =
  {
    sync: { family: 'sync', check: checkSync },
    history: { family: 'history', check: checkHistory },
    snapshots: { family: 'history', check: checkSnapshots },
    migrations: { family: 'migration', check: (run, reading) => run.migrations(run, reading) },
  }

/** The checks that are to be made of a project. */
export function checksOf(run: Run, project: Project): readonly CheckName[] {
  const names = Object.keys(CHECKS) as CheckName[]
  return names.filter((name) => runsFamily(run, project, CHECKS[name].family))
}

/** Makes one check; what it fails on is its result. */
export function runCheck(
  run: Run,
  reading: ProjectReading,
  name: CheckName,
): Promise<FamilyResult> {
  const { family, check } = CHECKS[name]
  const { project } = reading
  return resultOrProblem(check(run, reading), `${project.name} (${family})`, project.out)
}

const COMPARED: FamilyAccount = { state: 'compared' }

/**
 * Checks one Drizzle project. What one family cannot do does not keep the others from theirs.
 *
 * @param perform - makes a check, or has it made
 */
export async function checkProject(
  run: Run,
  reading: ProjectReading,
  perform = runCheck,
): Promise<ProjectResult> {
  const { project } = reading
  const wanted = checksOf(run, project)
  // Sync waits for another process: the others run meanwhile.
  const results = await Promise.all(wanted.map((name) => perform(run, reading, name)))
  const accountOf = (family: RuleFamily): FamilyAccount => {
    if (run.only?.includes(family) === false) return { state: 'off', reason: run.onlyReason }
    if (!project.families.includes(family)) {
      // Such a folder was found by itself.
      const isUnnamed = family === 'sync' && project.config === null && project.schema.length === 0
      return isUnnamed
        ? { state: 'nothing', reason: 'no drizzle config names this folder' }
        : { state: 'off', reason: 'families in the configuration' }
    }
    const own = results.flatMap(({ account }, i) =>
      CHECKS[wanted[i]!].family === family ? [account ?? COMPARED] : [],
    )
    return own.find(({ state }) => state === 'not-compared') ?? own[0]!
  }
  const halfStaged = results.flatMap((result) => result.halfStaged ?? [])
  const recorded = results.find((result) => result.recorded)?.recorded
  const whole = withoutHalves(
    results.flatMap((result) => result.findings),
    halfStaged,
  )
  const remade = results.find((result) => result.remade)?.remade
  const once = recorded === undefined ? whole : withoutRecorded(whole, recorded)
  const findings = remade === undefined ? once : withoutSettled(once, remade)
  const counts = results.find((result) => result.counts)?.counts ?? noCounts
  // What a finding says is not said once more.
  const said = new Set(
    findings.flatMap(({ rule, file }) => (rule === 'orphan-migration-file' ? [file] : [])),
  )
  const orphanFiles =
    counts.orphans === 0
      ? []
      : reading.folder.orphans.filter((file) => (run.touched?.has(file) ?? true) && !said.has(file))
  return {
    findings,
    problems: withoutRepetition(
      run,
      project,
      results.flatMap((result) => result.problems),
      findings,
    ),
    counts: { ...counts, orphans: orphanFiles.length },
    orphanFiles,
    account: {
      name: project.name,
      dialect: project.dialect,
      migrations: reading.folderIfReadable?.migrations.length ?? null,
      families: {
        sync: accountOf('sync'),
        history: accountOf('history'),
        migration: accountOf('migration'),
      },
    },
    notices: results.flatMap(({ notices }) => notices ?? []),
    unread: results.flatMap(({ unread }) => unread ?? []),
    uncompared: results.flatMap(({ uncompared }) => uncompared ?? []),
    ranOn: results.find(({ ranOn }) => ranOn)?.ranOn ?? null,
    waysBack: results.flatMap(({ back }) => back ?? []),
    timelines: () => results.flatMap(({ timelines }) => timelines?.() ?? []),
    outlines: () => results.flatMap(({ outlines }) => outlines?.() ?? []),
    watched: results.some(({ watched }) => watched === null)
      ? null
      : results.flatMap(({ watched }) => watched ?? []),
  }
}

/**
 * Two families that cannot read the same thing say it once; and what the history's findings say of a
 * broken journal is not said again as the reason why the others could not judge.
 */
function withoutRepetition(
  { touched }: Run,
  { name, out }: Project,
  problems: readonly Problem[],
  findings: readonly Finding[],
): readonly Problem[] {
  const journal = journalPath(out)
  const isReported = touched?.has(journal) ?? true
  const isFound =
    isReported &&
    findings.some(
      ({ rule, file, suppressed }) =>
        file === journal && !suppressed && (rule === 'conflict-markers' || rule === 'invalid-json'),
    )
  const said = new Map<string, Problem>()
  for (const problem of problems) {
    const once = isFound && problem.file === journal ? unreadable(name, journal) : problem
    said.set(once.message, once)
  }
  return [...said.values()]
}

function unreadable(project: string, journal: string): Problem {
  return {
    message: `${project}: the migrations were not judged, because their journal cannot be read`,
    file: journal,
    help: 'Fix the journal first, as its own finding says.',
  }
}

async function resultOrProblem(
  result: Promise<FamilyResult>,
  what: string,
  out: string,
): Promise<FamilyResult> {
  try {
    return await result
  } catch (error) {
    const problem = internalError(error, what, out)
    const account = { state: 'not-compared', reason: problem.message } as const
    return { findings: [], problems: [problem], account, watched: null }
  }
}
