import { readMigrationFolder } from '../../drizzle/migrations/folder.ts'
import { latestSnapshot } from '../../drizzle/kit/latestSnapshot.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import type { Project } from '../../drizzle/find/project.ts'
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
  isSqlKnown: true,
} as const

/** What sync rules judge: how a verdict looks in the light of what production has. */
export async function subjectOf(
  run: Run,
  project: Project,
  verdict: Exclude<Verdict, { kind: 'same' }>,
): Promise<Sync> {
  const { after, deployed } = run
  const { unexportedOf, placeOf } = await locateDeclarations(after, project, verdict.watched)
  const common = {
    deployedLabel: deployed?.label ?? '',
    commands: {
      generate: projectCommand(after, project, 'generate'),
      add: `git add ${project.out}`,
    },
    placeOf,
  }
  if (verdict.kind === 'unknown') return { ...common, ...NO_DIFFERENCE, unknown: verdict }

  const folder = readMigrationFolder(after, project.out)
  const latest = latestSnapshot(after, folder)
  const byHand = handWritten(folder, latest)
  const unstaged =
    run.touched === null ? [] : unstagedMigration(run.root, after, project.out, verdict.current)
  // A snapshot that only has to be staged tells more than the SQL.
  const left =
    byHand.length === 0 || unstaged.length > 0 || verdict.current === null
      ? verdict.differences
      : await leftByHand(run, project, latest, byHand, verdict.current, verdict.differences)
  // Without any snapshot drizzle-kit has no part in the migrations.
  const differences = left ?? (latest.file === null ? [] : verdict.differences)
  const before = deployed === null ? null : await verdictOrNull(run, project, deployed)
  const was = new Set(
    before?.kind === 'different' ? before.differences.map(({ text }) => text) : [],
  )
  const wasAmbiguous = new Set(
    before?.kind === 'different' ? before.ambiguous.map((one) => JSON.stringify(one)) : [],
  )
  const known = differences.filter(({ text }) => was.has(text))
  const fresh = differences.filter(({ text }) => !was.has(text))
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
    incomplete: latest.incomplete,
  }
}

async function verdictOrNull(run: Run, project: Project, tree: Tree): Promise<Verdict | null> {
  try {
    return await verdictOn(run, project, tree)
  } catch (error) {
    // A journal that was committed broken tells nothing.
    if (error instanceof ProblemError) return null
    throw error
  }
}
