import { jsonRange } from '../../json/ranges.ts'
import type { Range } from '../../finding/finding.ts'

/** A `drizzle-kit push` in a script or a workflow. */
export interface Push {
  readonly range: Range
  readonly command: string
  /** What makes it more than local: `script "deploy"`. */
  readonly where: string
}

const PUSH = /drizzle-kit(?:@\S+)?\s+push\b(?!:)/
/** Of kits before 0.21: `drizzle-kit push:pg`. */
const OLD_PUSH = /drizzle-kit(?:@\S+)?\s+push:\w+/
const PRODUCTION = /(?:^|[^a-z])(?:prod|production|live|deploy|deployment|release)(?:$|[^a-z])/i
const ELSEWHERE =
  /(?:^|[^a-z])(?:local|localhost|dev|develop|development|test|tests|testing|e2e|preview|staging|stage|ci|demo|sandbox)(?:$|[^a-z])/i
/** A job that brings its own database, or talks to one beside it. */
const OWN_DATABASE =
  /^\s+services:|localhost|127\.0\.0\.1|docker[ -]compose|docker run|supabase start|pglite|createdb|file:|:memory:/m
const DEFAULT_BRANCH = /^\s*(?:-\s*|branches:\s*\[?.*)["']?(?:main|master|production|prod)\b/m

/** The scripts of a package that push. */
export function pushScripts(text: string): readonly string[] {
  return [...scriptsOf(text)].filter(([, command]) => pushes(command)).map(([name]) => name)
}

/** The scripts of a package.json that push where production is named. */
export function pushesInScripts(text: string): readonly Push[] {
  const scripts = scriptsOf(text)
  const local = new Set([...scripts].filter(([, command]) => pushes(command)).map(([name]) => name))
  return [...scripts].flatMap(([name, command]) => {
    const own = command.split(/&&|\|\||[;|]/).find((part) => pushes(part) || runs(part, local))
    if (own === undefined || ELSEWHERE.test(name) || ELSEWHERE.test(own)) return []
    const isDeployment = /^(?:vercel-build|heroku-postbuild)$/.test(name)
    if (!isDeployment && !PRODUCTION.test(name) && !PRODUCTION.test(own)) return []
    const range = jsonRange(text, ['scripts', name])
    return range ? [{ range, command: own.trim(), where: `the script "${name}"` }] : []
  })
}

/**
 * The steps of a workflow that push where production is named, or on the default branch with a
 * secret that is no local database. YAML is read by its indentation: a job that cannot be made out
 * is passed over.
 *
 * @param scripts - names of package scripts that push
 */
export function pushesInWorkflow(
  text: string,
  path: string,
  scripts: ReadonlySet<string>,
): readonly Push[] {
  const isGitlab = path.startsWith('.gitlab')
  const jobsAt = isGitlab ? 0 : text.search(/^jobs:/m)
  if (jobsAt < 0) return []
  const head = text.slice(0, jobsAt)
  const names = `${path.slice(path.lastIndexOf('/') + 1)}\n${/^name:(.*)$/m.exec(head)?.[1] ?? ''}`
  const found: Push[] = []
  let offset = 0
  for (const line of text.split('\n')) {
    const at = offset
    offset += line.length + 1
    const code = line.replace(/(?:^|\s)#.*$/, '')
    if (at < jobsAt || /^\s*(?:-\s*)?name:/.test(code) || !(pushes(code) || runs(code, scripts)))
      continue
    const job = jobAround(text, at, isGitlab ? /^\S/ : /^ {1,4}\S/, jobsAt)
    if (job === null || OWN_DATABASE.test(job)) continue
    const called = `${names}\n${job.split('\n', 1)[0] ?? ''}\n${/^\s+environment:(.*(?:\n\s+name:.*)?)/m.exec(job)?.[1] ?? ''}\n${code}`
    if (ELSEWHERE.test(called.replace(/\bci\b/gi, ''))) continue
    const onDefault =
      !isGitlab && /^\s+push:/m.test(head) && DEFAULT_BRANCH.test(head) && /secrets\./.test(job)
    if (!PRODUCTION.test(called) && !onDefault) continue
    const command = code.trim().replace(/^-?\s*(?:run:\s*)?/, '')
    const start = at + line.indexOf(command)
    const where = PRODUCTION.test(called)
      ? 'a job that deploys'
      : 'a job that runs on the default branch'
    found.push({ range: { start, end: start + command.length }, command, where })
  }
  return found
}

function pushes(command: string): boolean {
  return PUSH.test(command) || OLD_PUSH.test(command)
}

/** Whether a command runs one of the scripts by name. */
function runs(command: string, scripts: ReadonlySet<string>): boolean {
  const words =
    /\b(?:npm|pnpm|yarn|bun)(?:\s+--?\S+(?:\s+(?=\S*\/)\S+)?)*\s+(?:run\s+)?(?:--?\S+\s+)*([\w:.-]+)/.exec(
      command,
    )
  return words?.[1] !== undefined && scripts.has(words[1])
}

/** The job that a line belongs to: everything from the heading above it to the next one. */
function jobAround(text: string, at: number, heading: RegExp, jobsAt: number): string | null {
  const lines = text.slice(jobsAt).split('\n')
  const own = text.slice(jobsAt, at).split('\n').length - 1
  const first = lines.slice(1).find((line) => heading.test(line))
  const indent = first === undefined ? null : /^ */.exec(first)![0].length
  if (indent === null) return null
  const starts = (line: string) =>
    /^ *[\w"'.-]+.*:\s*(?:#.*)?$/.test(line) && /^ */.exec(line)![0].length === indent
  let start = own
  while (start >= 0 && !starts(lines[start] ?? '')) start--
  if (start < 0) return null
  let end = own + 1
  while (end < lines.length && !starts(lines[end] ?? '')) end++
  return lines.slice(start, end).join('\n')
}

function scriptsOf(text: string): ReadonlyMap<string, string> {
  try {
    const { scripts } = JSON.parse(text) as { scripts?: unknown }
    if (scripts === null || typeof scripts !== 'object') return new Map()
    return new Map(
      Object.entries(scripts).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    )
  } catch {
    // A broken package.json is for the package manager to report.
    return new Map()
  }
}
