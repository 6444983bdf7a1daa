import { projectCommand } from '../../drizzle/find/projectCommand.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { Ambiguity } from '../../drizzle/kit/ambiguity.ts'
import type { IncompleteMigration } from '../../drizzle/kit/latestSnapshot.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import { ProblemError } from '../../finding/problem.ts'
import { staging } from '../../git/staging.ts'
import type { Tree } from '../../git/tree.ts'
import type { Run } from '../families.ts'
import { judgeForetold } from '../migrations/judgeForetold.ts'
import type { ProjectReading } from '../projectReading.ts'
import { unnoticedIn } from './unnoticed.ts'
import { locateDeclarations } from './declarations.ts'
import type { OpenQuestion, Sync } from './difference.ts'
import { handWritten } from './handWritten.ts'
import { lackByKit, subjectByKit } from './kitsList.ts'
import type { Lack } from './lack.ts'
import { type Lacks, lacksOf } from './lacks.ts'
import { recordOnly } from './recordOnly.ts'
import { unstagedMigration } from './unstagedMigration.ts'
import { verdictOn } from './verdict.ts'

const NO_DIFFERENCE = {
  differences: [],
  known: [],
  unsure: [],
  made: [],
  isMadeNew: false,
  ambiguous: [],
  asks: false,
  unexported: [],
  sql: [],
  refusals: [],
  unstaged: [],
  incomplete: [],
  handWritten: [],
  unsteady: [],
  unnoticed: [],
} as const

/** What sync rules judge: how a verdict looks in the light of what SQL makes, and production has. */
export async function subjectOf(
  run: Run,
  reading: ProjectReading,
  verdict: Verdict,
): Promise<Sync> {
  const { project } = reading
  const { after, deployed, here } = run
  const { unexportedOf, placeOf } = await locateDeclarations(after, project, verdict)
  const generate = projectCommand(after, project, 'generate', here)
  const common = {
    deployedLabel: deployed?.label ?? '',
    commands: {
      generate: generate.line,
      add: staging([project.out], generate.endsIn),
      custom: projectCommand(after, project, 'generate', here, '--custom').line,
      recordOnly:
        verdict.kind === 'different' ? recordOnly(after, project, reading.folder, here) : null,
    },
    stage: (files: readonly string[] = [project.out]) => staging(files, here),
    placeOf,
  }
  if (verdict.kind === 'unknown') return { ...common, ...NO_DIFFERENCE, unknown: verdict }
  const unsteady = verdict.unsteady.map(({ object, table }) => ({
    object,
    subject: subjectByKit(project.dialect, 'column', object, table),
  }))
  const unnoticed = await unnoticedIn(run, reading, verdict)
  const incomplete = halves(run, reading)
  if (verdict.kind === 'same') {
    return { ...common, ...NO_DIFFERENCE, incomplete, unsteady, unnoticed, unknown: null }
  }
  const latest = reading.latestSnapshot(after)
  const unstaged = run.touched === null ? [] : unstagedMigration(run, reading, verdict.current)
  const now = await missing(run, reading, verdict, after)
  const before = deployed === null ? null : await missingInProduction(run, reading, deployed)
  // Both in one vocabulary, or they could not be compared.
  const isRead = now.lacks !== null && (before === null || before.lacks !== null)
  const lacks = isRead ? now.lacks : null
  const byKit = (one: Missing) =>
    one.verdict.differences.map((difference) => lackByKit(project.dialect, difference))
  const leftIn = (one: Missing) => (isRead ? (one.lacks?.left ?? []) : byKit(one))
  const keyOf = ({ text, content }: Lack) => text + content
  const was = new Set((before ? leftIn(before) : []).map(keyOf))
  const wasMade = new Set((isRead ? (before?.lacks?.made ?? []) : []).map(keyOf))
  const byHand = handWritten(reading.whole, latest)
  // A snapshot that only has to be staged tells more than the SQL.
  const made = unstaged.length > 0 ? [] : (lacks?.made ?? [])
  const left = unstaged.length > 0 && lacks ? [...lacks.left, ...lacks.made] : leftIn(now)
  const isUntold = lacks === null && byHand.length > 0 && unstaged.length === 0
  const unsure = new Set(isUntold ? left : (lacks?.unsure ?? []))
  // What was missing by then is known by its content: a table may have got a column since.
  const known = isUntold ? [] : left.filter((lack) => was.has(keyOf(lack)))
  const fresh = left.filter((lack) => !was.has(keyOf(lack)))
  const unexported = isUntold ? [] : unexportedOf(fresh)
  const hidden = new Set(unexported.map(keyOf))
  const differences = fresh.filter((lack) => !hidden.has(keyOf(lack)) && !unsure.has(lack))
  const sql = lacks ? lacks.statementsFor(differences) : known.length > 0 ? [] : verdict.sql
  return {
    ...common,
    unknown: null,
    differences,
    known,
    // Without any snapshot drizzle-kit has no part in the migrations.
    unsure: isUntold && latest.file === null ? [] : fresh.filter((lack) => unsure.has(lack)),
    made: latest.file === null && reading.folder.layout === 'journal' ? [] : made,
    isMadeNew: run.touched === null || made.some((lack) => !wasMade.has(keyOf(lack))),
    handWritten: byHand.map(({ name }) => name),
    asks: verdict.ambiguous.length > 0,
    ambiguous: openQuestions(
      project,
      verdict.ambiguous,
      new Set(before?.verdict.ambiguous.map((one) => JSON.stringify(one))),
      lacks && new Set(fresh.map(({ object }) => object)),
      new Set(unexported.map(({ object }) => object)),
    ),
    unexported,
    sql,
    refusals:
      lacks && unexported.length === 0 ? judgeForetold(run, reading, lacks.engine, sql) : [],
    unstaged,
    unsteady,
    unnoticed,
    incomplete: fresh.length > 0 ? latest.incomplete : incomplete,
  }
}

/**
 * Migrations of which this deployment brings a part only: drizzle-kit would compare with a snapshot to
 * which no SQL leads.
 */
export function halves(
  { after, deployed }: Run,
  reading: ProjectReading,
): readonly IncompleteMigration[] {
  const { incomplete } = reading.latestSnapshot(after)
  if (incomplete.length === 0 || deployed === null) return incomplete
  const there = new Set(deployed.list(reading.project.out).map(({ path }) => path))
  return incomplete.filter(({ present }) => present.some((path) => !there.has(path)))
}

/** A schema that differs from its newest snapshot, and what of that no SQL makes. */
interface Missing {
  readonly verdict: Extract<Verdict, { kind: 'different' }>
  /** Null where catalogs cannot tell. */
  readonly lacks: Lacks | null
}

async function missing(
  run: Run,
  reading: ProjectReading,
  verdict: Missing['verdict'],
  tree: Tree,
): Promise<Missing> {
  return { verdict, lacks: await lacksOf(run, reading, tree, verdict) }
}

/**
 * The questions that are still open.
 *
 * @param asked - those that were open in production too
 * @param left - what SQL leaves to be done, by name: whoever wrote the rest has answered; null where
 *   that is not known
 * @param unexported - what is only not exported any more
 */
function openQuestions(
  { dialect }: Project,
  ambiguous: readonly Ambiguity[],
  asked: ReadonlySet<string>,
  left: ReadonlySet<string> | null,
  unexported: ReadonlySet<string>,
): readonly OpenQuestion[] {
  return ambiguous.flatMap(({ kind, table, gone, appeared }) => {
    if (asked.has(JSON.stringify({ kind, table, gone, appeared }))) return []
    if (left !== null && ![...gone, ...appeared].some((name) => left.has(name))) return []
    const really = gone.filter((name) => !unexported.has(name))
    if (really.length === 0 && gone.length > 0) return []
    const subject = subjectByKit(dialect, kind, appeared[0]!, table)
    return [{ kind, gone: really, appeared, subject }]
  })
}

/** What was missing already, by the config that production has: an edit of it must not excuse itself. */
async function missingInProduction(
  run: Run,
  reading: ProjectReading,
  tree: Tree,
): Promise<Missing | null> {
  const { path } = reading.folderIn(tree)
  const project = await run.deployedProjects?.counterpart(reading.project, path)
  if (!project) return null
  try {
    const own = reading.as(project)
    const verdict = await verdictOn(run, own, tree)
    return verdict?.kind === 'different' ? await missing(run, own, verdict, tree) : null
  } catch (error) {
    // A journal that was committed broken tells nothing.
    if (error instanceof ProblemError) return null
    throw error
  }
}
