import type { Verdict } from '../../drizzle/kit/verdict.ts'
import type { ProjectReading } from '../projectReading.ts'
import type { SchemaDifference } from '../../drizzle/kit/schemaDifference.ts'
import { staging } from '../../git/staging.ts'
import { projectCommand } from '../../drizzle/find/projectCommand.ts'
import type { Tree } from '../../git/tree.ts'
import type { Sync } from './difference.ts'
import { ProblemError } from '../../finding/problem.ts'
import { locateDeclarations } from './declarations.ts'
import type { Run } from '../families.ts'
import { handWritten, leftByHand } from './handWritten.ts'
import { verdictOn } from './verdict.ts'
import { unstagedMigration } from './unstagedMigration.ts'

const NO_DIFFERENCE = {
  differences: [],
  known: [],
  ambiguous: [],
  unexported: [],
  sql: [],
  unstaged: [],
  incomplete: [],
  handWritten: [],
  unsteady: [],
  isSqlKnown: true,
} as const

/** What sync rules judge: how a verdict looks in the light of what production has. */
export async function subjectOf(
  run: Run,
  reading: ProjectReading,
  verdict: Verdict,
): Promise<Sync> {
  const { project } = reading
  const { after, deployed } = run
  const { unexportedOf, placeOf } = await locateDeclarations(after, project, verdict)
  const generate = projectCommand(after, project, 'generate', run.here)
  const common = {
    deployedLabel: deployed?.label ?? '',
    commands: { generate: generate.line, add: staging([project.out], generate.endsIn) },
    stage: (files: readonly string[] = [project.out]) => staging(files, run.here),
    placeOf,
  }
  if (verdict.kind === 'unknown') return { ...common, ...NO_DIFFERENCE, unknown: verdict }
  const { unsteady } = verdict
  if (verdict.kind === 'same') return { ...common, ...NO_DIFFERENCE, unsteady, unknown: null }

  const latest = reading.latestSnapshot(after)
  const byHand = handWritten(reading.folder, latest)
  const unstaged = run.touched === null ? [] : unstagedMigration(run, reading, verdict.current)
  // A snapshot that only has to be staged tells more than the SQL.
  const left =
    byHand.length === 0 || unstaged.length > 0 || verdict.current === null
      ? verdict.differences
      : await leftByHand(run, reading, latest, byHand, verdict.current, verdict.differences)
  // Without any snapshot drizzle-kit has no part in the migrations.
  const differences = left ?? (latest.file === null ? [] : verdict.differences)
  const before = deployed === null ? null : await deployedVerdict(run, reading, deployed)
  const was = new Set(
    before?.kind === 'different'
      ? before.differences.map(({ text, content }) => text + content)
      : [],
  )
  const wasAmbiguous = new Set(
    before?.kind === 'different' ? before.ambiguous.map((one) => JSON.stringify(one)) : [],
  )
  // What was missing by then is known by its content: a table may have got a column since.
  const isKnown = ({ text, content }: SchemaDifference) => was.has(text + content)
  const known = differences.filter(isKnown)
  const fresh = differences.filter((difference) => !isKnown(difference))
  const unexported = unexportedOf(fresh)
  const hidden = new Set<unknown>(unexported.map(({ text }) => text))
  const ambiguous = verdict.ambiguous.flatMap((one) => {
    if (wasAmbiguous.has(JSON.stringify(one))) return []
    const gone = one.gone.filter((name) => !unexported.some(({ object }) => object === name))
    // drizzle-kit 1.0 names only what is new.
    return gone.length > 0 || one.gone.length === 0 ? [{ ...one, gone }] : []
  })
  return {
    ...common,
    unknown: null,
    differences: fresh.filter(({ text }) => !hidden.has(text)),
    handWritten: byHand.map(({ name }) => name),
    isSqlKnown: left !== null,
    // What nobody can tell is not said of the past.
    known: left === null ? [] : known,
    // Whoever wrote the SQL has answered the question.
    ambiguous: byHand.length > 0 && left?.length === 0 ? [] : ambiguous,
    unexported,
    sql: known.length > 0 ? [] : verdict.sql,
    unstaged,
    unsteady,
    incomplete: latest.incomplete,
  }
}

/** What was missing already, by the config that production has: an edit of it must not excuse itself. */
async function deployedVerdict(
  run: Run,
  reading: ProjectReading,
  tree: Tree,
): Promise<Verdict | null> {
  const { path } = reading.folderIn(tree)
  const project = await run.deployedProjects?.counterpart(reading.project, path)
  if (!project) return null
  try {
    return await verdictOn(run, reading.as(project), tree)
  } catch (error) {
    // A journal that was committed broken tells nothing.
    if (error instanceof ProblemError) return null
    throw error
  }
}
