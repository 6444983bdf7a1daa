import { readMigrationFolder } from '../../drizzle/folder.ts'
import { compareSchema } from '../../drizzle/kit/compare.ts'
import { latestSnapshot } from '../../drizzle/kit/latestSnapshot.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import { journalPath } from '../../drizzle/layout.ts'
import type { Project } from '../../drizzle/project.ts'
import { projectCommand } from '../../drizzle/projectCommand.ts'
import type { Tree } from '../../git/tree.ts'
import { runPlacedRules } from '../../lint/placedRule.ts'
import type { Sync } from '../../lint/sync.ts'
import { ProblemError } from '../../problem.ts'
import type { FamilyResult, Run } from './families.ts'
import { locateDeclarations } from './declarations.ts'
import { entryWithFamilies } from './projectEntry.ts'
import { unstagedMigration } from './unstagedMigration.ts'

const NOTHING: FamilyResult = { findings: [], problems: [] }

/** Compares a project's schema with its migrations. */
export async function checkSync(run: Run, project: Project): Promise<FamilyResult> {
  if (run.active.sync.length === 0 || !hasSchema(project)) return NOTHING
  const verdict = await verdictOn(run, project, run.after)
  if (verdict === null) return NOTHING
  const watched = verdict.absent && [...verdict.watched, ...verdict.absent]
  if (verdict.kind === 'same') return { ...NOTHING, watched }
  const isTouched = touches(run.touched, project, verdict.watched)
  if (verdict.kind === 'unknown' && isTouched) {
    return { findings: [], problems: [unknownProblem(project, verdict)], watched }
  }
  if (!isTouched && verdict.kind === 'different') return { ...NOTHING, watched }
  const subject = await subjectOf(run, project, verdict)
  const { differences, unstaged, incomplete } = subject
  const parts = [...unstaged, ...incomplete.flatMap(({ present, missing }) => [...present, ...missing])]
  const findings = runPlacedRules(run.active.sync, subject, project.name, run.acknowledged)
  const isSaid = findings.some(
    ({ rule, severity, suppressed }) =>
      rule === 'schema-without-migration' && severity === 'error' && !suppressed,
  )
  return {
    findings,
    problems: [],
    watched,
    halfStaged: differences.length > 0 && isSaid ? parts : [],
  }
}

function hasSchema({ schema, unread }: Project): boolean {
  return schema.length > 0 || unread.some(({ key }) => key === 'schema')
}

/**
 * @returns null where there is nothing to compare with: a project that has no migrations anywhere
 *   brings its schema to the database in another way
 */
async function verdictOn(run: Run, project: Project, tree: Tree): Promise<Verdict | null> {
  const folder = readMigrationFolder(tree, project.out)
  const latest = latestSnapshot(tree, folder)
  const isEmpty = folder.migrations.length + folder.missing.length + latest.incomplete.length === 0
  // Before the first migration nothing was missing.
  if (isEmpty && (tree === run.deployed || !hasMigrationsElsewhere(run, project))) return null
  return compareSchema({ root: run.root, tree, project, folder, latest, cache: run.store })
}

function hasMigrationsElsewhere(run: Run, project: Project): boolean {
  // SQL files that no journal knows are no migrations: such a project pushes its schema.
  if (run.deployed && hasMigrations(run.deployed, project)) return true
  return run.touched !== null && unstagedMigration(run.root, run.after, project.out, null).length > 0
}

function hasMigrations(tree: Tree, { out }: Project): boolean {
  return tree.list(out).some(({ path }) => path === journalPath(out) || path.endsWith('/migration.sql'))
}

/** Whether the commit has to do with what the comparison depends on. */
function touches(
  touched: ReadonlySet<string> | null,
  { out, schema, folder }: Project,
  watched: readonly string[],
): boolean {
  if (touched === null) return true
  const files = new Set(watched)
  const bases = [out, ...schema.map((pattern) => pattern.replace(/\/?[^/]*[*?[\]{}()!].*$/, ''))]
  return [...touched].some(
    (path) =>
      files.has(path) ||
      bases.some((base) => base !== '' && path.startsWith(`${base}/`)) ||
      isInstallation(path, folder),
  )
}

/** What decides which drizzle-kit is installed, and how it compiles. */
function isInstallation(path: string, folder: string): boolean {
  const [, place = '', name] = /^(?:(.*)\/)?([^/]+)$/.exec(path)!
  const isNear = place === '' || place === folder || folder.startsWith(`${place}/`)
  return isNear && /^(?:package(?:-lock)?\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|tsconfig.*\.json)$/.test(name!)
}

function unknownProblem(project: Project, { reason, help }: Extract<Verdict, { kind: 'unknown' }>) {
  return {
    message: `${project.name}: the schema could not be compared with the migrations: ${reason}`,
    file: project.config ?? project.out,
    help: `${help} To do without the comparison: sync: 'off' in the configuration, or for this project alone ${entryWithFamilies(project, ['history', 'migration'])}.`,
  }
}

async function subjectOf(
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
  const empty = { differences: [], known: [], ambiguous: [], unexported: [], sql: [], unstaged: [], incomplete: [] }
  if (verdict.kind === 'unknown') return { ...common, ...empty, unknown: verdict }

  const before = deployed === null ? null : await verdictOrNull(run, project, deployed)
  const was = new Set(before?.kind === 'different' ? before.differences.map(({ text }) => text) : [])
  const wasAmbiguous = new Set(before?.kind === 'different' ? before.ambiguous.map((one) => JSON.stringify(one)) : [])
  const known = verdict.differences.filter(({ text }) => was.has(text))
  const fresh = verdict.differences.filter(({ text }) => !was.has(text))
  const unexported = unexportedOf(fresh)
  const hidden = new Set<unknown>(unexported.map(({ text }) => text))
  const ambiguous = verdict.ambiguous
    .filter((one) => !wasAmbiguous.has(JSON.stringify(one)))
    .map((one) => ({ ...one, gone: one.gone.filter((name) => !unexported.some(({ object }) => object === name)) }))
    .filter(({ gone }, i) => gone.length > 0 || verdict.ambiguous[i]?.gone.length === 0)
  const latest = latestSnapshot(after, readMigrationFolder(after, project.out))
  return {
    ...common,
    ...empty,
    unknown: null,
    differences: fresh.filter(({ text }) => !hidden.has(text)),
    known,
    ambiguous,
    unexported,
    sql: known.length > 0 ? [] : verdict.sql,
    unstaged: run.touched === null ? [] : unstagedMigration(run.root, after, project.out, verdict.current),
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

