import type { Category, Finding, Fix, Problem, Range, Severity } from '../finding/finding.ts'
import type { ProjectAccount } from '../check/account.ts'
import type { CheckResult, Counts } from '../check/result.ts'
import { fingerprints } from './fingerprint.ts'
import type { Places } from '../finding/places.ts'
import { shownPath } from './path.ts'
import { printableJson } from './printable.ts'
import { Lines } from './position.ts'
import { ruleUrl } from './ruleUrl.ts'
import { tally } from './tally.ts'

/** What `--format json` prints. Positions count from 1; paths are relative to where it ran. */
export interface JsonReport {
  readonly version: 1
  readonly summary: {
    readonly errors: number
    readonly warnings: number
    readonly suppressed: number
    readonly migrationsJudged: number
    readonly statements: number
    readonly unmodelled: number
  }
  readonly findings: readonly JsonFinding[]
  readonly problems: readonly Problem[]
  /** Every project, with what became of each family of checks. */
  readonly projects: readonly ProjectAccount[]
}

export interface JsonFinding {
  readonly rule: string
  readonly severity: Severity
  readonly category: Category
  readonly project: string
  readonly migration: string | null
  readonly object: string | null
  readonly file: string
  readonly line: number | null
  readonly column: number | null
  readonly endLine: number | null
  /** Exclusive. */
  readonly endColumn: number | null
  readonly message: string
  readonly help: string
  readonly url: string
  /** Stays the same when lines move. */
  readonly fingerprint: string
  readonly fix?: JsonFix
  readonly suggestions?: readonly JsonFix[]
  /** Of `verify`: a server was seen to do it. */
  readonly measured?: true
  readonly suppressed?: { readonly reason: string }
}

export interface JsonFix {
  readonly title: string
  readonly edits: readonly JsonEdit[]
}

/** The text between two places becomes another. */
export interface JsonEdit extends JsonPlace {
  readonly file: string
  readonly text: string
}

type JsonPlace = Pick<JsonFinding, 'line' | 'column' | 'endLine' | 'endColumn'>

export interface JsonOptions extends Places {
  /** Leave out warnings and what is suppressed; the summary counts them all the same. */
  readonly quiet: boolean
}

/** The outcome of a check as JSON: the whole of what goes to stdout. */
export function json(result: CheckResult, options: JsonOptions): string {
  const { findings, problems, counts } = result
  const linesOf = readerOfLines(result)
  const names = fingerprints(findings)
  const shownFix = ({ title, edits }: Fix): JsonFix => ({
    title,
    edits: edits.map(({ file, range, text }) => ({
      file: shownPath(file, options),
      ...place(range, linesOf(file)),
      text,
    })),
  })
  const shown = findings.map((finding, i): JsonFinding => {
    const { rule, severity, category, project, migration, object, message, help } = finding
    return {
      rule,
      severity,
      category,
      project,
      migration,
      object,
      file: shownPath(finding.file, options),
      ...place(finding.range, linesOf(finding.file)),
      message,
      help,
      url: ruleUrl(rule),
      fingerprint: names[i]!,
      ...(finding.fix && { fix: shownFix(finding.fix) }),
      ...(finding.suggestions && { suggestions: finding.suggestions.map(shownFix) }),
      ...(finding.measured && { measured: true as const }),
      ...(finding.suppressed && { suppressed: { reason: finding.suppressed.reason } }),
    }
  })
  return print({
    version: 1,
    summary: summary(findings, counts),
    findings: options.quiet
      ? shown.filter(({ severity, suppressed }) => severity === 'error' && !suppressed)
      : shown,
    problems: shownProblems(problems, options),
    projects: (result.projects ?? []).map(({ name, ...rest }) => ({
      name: shownPath(name, options),
      ...rest,
    })),
  })
}

/** The same shape for a check that came to nothing: only problems. */
export function jsonProblems(problems: readonly Problem[], places: Places): string {
  return print({
    version: 1,
    summary: summary([], { migrationsJudged: 0, statements: 0, unmodelled: 0 }),
    findings: [],
    problems: shownProblems(problems, places),
    projects: [],
  })
}

function print(report: JsonReport): string {
  return `${printableJson(report)}\n`
}

function summary(
  findings: readonly Finding[],
  { migrationsJudged, statements, unmodelled }: Omit<Counts, 'migrationsDeployed' | 'orphans'>,
): JsonReport['summary'] {
  return { ...tally(findings), migrationsJudged, statements, unmodelled }
}

function shownProblems(problems: readonly Problem[], places: Places): Problem[] {
  return problems.map(({ message, file, help }) => ({
    message,
    file: file === null ? null : shownPath(file, places),
    help,
  }))
}

function place(range: Range | null, lines: Lines | undefined): JsonPlace {
  if (range === null || lines === undefined) {
    return { line: null, column: null, endLine: null, endColumn: null }
  }
  const start = lines.position(range.start)
  const end = lines.position(range.end)
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column }
}

function readerOfLines(result: CheckResult): (file: string) => Lines | undefined {
  const read = new Map<string, Lines | undefined>()
  return (file) => {
    if (!read.has(file)) {
      const text = result.text(file)
      read.set(file, text === undefined ? undefined : new Lines(text))
    }
    return read.get(file)
  }
}
