import type { Verdict } from '../../drizzle/kit/verdict.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { runPlacedRules } from '../../lint/placedRule.ts'
import type { FamilyResult, Run } from '../families.ts'
import { entryWithFamilies } from '../projectEntry.ts'
import { subjectOf } from './subject.ts'
import { verdictOn } from './verdict.ts'

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
  const parts = [
    ...unstaged,
    ...incomplete.flatMap(({ present, missing }) => [...present, ...missing]),
  ]
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
  return (
    isNear &&
    /^(?:package(?:-lock)?\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|tsconfig.*\.json)$/.test(
      name!,
    )
  )
}

function unknownProblem(project: Project, { reason, help }: Extract<Verdict, { kind: 'unknown' }>) {
  return {
    message: `${project.name}: the schema could not be compared with the migrations: ${reason}`,
    file: project.config ?? project.out,
    help: `${help} To do without the comparison: sync: 'off' in the configuration, or for this project alone ${entryWithFamilies(project, ['history', 'migration'])}.`,
  }
}
