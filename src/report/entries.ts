import type { CheckResult } from '../check/result.ts'
import type { Finding, Problem, Range } from '../finding/finding.ts'
import { fingerprints } from './fingerprint.ts'
import { linesOf } from './linesOf.ts'
import type { Lines, Position } from './position.ts'

/** Two places in a text. */
export interface Stretch {
  readonly start: Position
  /** Exclusive. */
  readonly end: Position
}

/** A finding as the formats for machines need it. */
export interface Entry {
  readonly finding: Finding
  readonly fingerprint: string
  /** Null for a finding about a whole file. */
  readonly stretch: Stretch | null
}

/**
 * The findings of a check with their places, in their order.
 *
 * @param quiet - errors only, and none that is suppressed
 */
export function entriesOf(result: CheckResult, quiet: boolean): Entry[] {
  const lines = linesOf(result)
  const names = fingerprints(result.findings)
  return result.findings
    .map((finding, i) => ({
      finding,
      fingerprint: names[i]!,
      stretch: stretchOf(finding.range, lines(finding.file)),
    }))
    .filter(({ finding }) => !quiet || (finding.severity === 'error' && !finding.suppressed))
}

/** Those that are not suppressed. */
export function openEntries(result: CheckResult, quiet: boolean): Entry[] {
  return entriesOf(result, quiet).filter(({ finding }) => finding.suppressed === undefined)
}

export function stretchOf(range: Range | null, lines: Lines | undefined): Stretch | null {
  if (range === null || lines === undefined) return null
  return { start: lines.position(range.start), end: lines.position(range.end) }
}

/** Something that could not be checked, in one sentence that says so by itself. */
export function problemText({ message }: Problem): string {
  return `could not check: ${message}`
}

/** What a problem is called where findings have the names of rules. */
export const NOT_CHECKED = 'could-not-check'

/** A text and what to do about it, on lines of their own. */
export function withHelp(message: string, help: string): string {
  return help === '' ? message : `${message}\n${help}`
}
