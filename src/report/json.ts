import type { Category, Finding, Fix, Problem, Range, Severity } from '../finding/finding.ts'
import type { ProjectAccount } from '../check/account.ts'
import type { WayBack } from '../check/verification/back/wayBack.ts'
import type { CheckResult, Counts } from '../check/result.ts'
import { fingerprints } from './fingerprint.ts'
import type { Places } from '../finding/places.ts'
import { shownPath } from './path.ts'
import { printableJson } from './printable.ts'
import { linesOf } from './linesOf.ts'
import type { Lines } from './position.ts'
import { urlOfRule } from './ruleUrl.ts'
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
  /** Of `verify`: how what is pending was taken back, and what came of it. */
  readonly waysBack?: readonly WayBack[]
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
  /** Other places that it is as much about. */
  readonly also?: readonly (JsonPlace & { readonly file: string })[]
  readonly message: string
  readonly help: string
  /** Null for a rule of a plugin that has none. */
  readonly url: string | null
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
  const lines = linesOf(result)
  const names = fingerprints(findings)
  const shownFix = ({ title, edits }: Fix): JsonFix => ({
    title,
    edits: edits.map(({ file, range, text }) => ({
      file: shownPath(file, options),
      ...place(range, lines(file)),
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
      ...place(finding.range, lines(finding.file)),
      ...(finding.also && {
        also: finding.also.map(({ file, range }) => ({
          file: shownPath(file, options),
          ...place(range, lines(file)),
        })),
      }),
      message,
      help,
      url: urlOfRule(rule, result.rules),
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
    ...(result.waysBack?.length ? { waysBack: result.waysBack } : {}),
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
