import { createHash } from 'node:crypto'
import type { CheckResult } from '../../check/result.ts'
import { printableJson } from '../printable.ts'
import { NOT_CHECKED, openEntries, problemText, withHelp } from '../entries.ts'
import type { FormatOptions } from './format.ts'

/** What GitLab reads of an issue (https://docs.gitlab.com/ci/testing/code_quality/). */
interface CodeQualityIssue {
  readonly description: string
  readonly check_name: string
  readonly fingerprint: string
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker'
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
}

/** A report for GitLab's Code Quality: a widget in merge requests and marks in their diffs. */
export function gitlab(result: CheckResult, { quiet }: Pick<FormatOptions, 'quiet'>): string {
  const problems = result.problems.map((problem, i): CodeQualityIssue => {
    const identity = JSON.stringify([NOT_CHECKED, problem.file, problem.message, i])
    return {
      description: withHelp(problemText(problem), problem.help),
      check_name: NOT_CHECKED,
      fingerprint: createHash('sha256').update(identity).digest('hex').slice(0, 32),
      severity: 'blocker',
      location: { path: problem.file ?? '.', lines: { begin: 1 } },
    }
  })
  const findings = openEntries(result, quiet).map(
    ({ finding, fingerprint, stretch }): CodeQualityIssue => ({
      description: withHelp(finding.message, finding.help),
      check_name: finding.rule,
      fingerprint,
      severity: finding.severity === 'error' ? 'critical' : 'minor',
      location: { path: finding.file, lines: { begin: stretch?.start.line ?? 1 } },
    }),
  )
  return `${printableJson([...problems, ...findings])}\n`
}
