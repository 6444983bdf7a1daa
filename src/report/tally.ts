import type { Finding } from '../finding/finding.ts'
import type { CheckResult } from '../check/result.ts'

/** How many findings of each sort there are. */
export interface Tally {
  readonly errors: number
  readonly warnings: number
  readonly suppressed: number
}

/** Counts findings; suppressed ones are neither errors nor warnings. */
export function tally(findings: readonly Finding[]): Tally {
  const open = findings.filter(({ suppressed }) => suppressed === undefined)
  const errors = open.filter(({ severity }) => severity === 'error').length
  return {
    errors,
    warnings: open.length - errors,
    suppressed: findings.length - open.length,
  }
}

/**
 * The exit code of a check: 2 where something could not be checked, whatever else was found; 1 for
 * errors or too many warnings; else 0.
 *
 * @param maxWarnings - how many warnings are fine; null: any number
 */
export function exitCode(
  result: Pick<CheckResult, 'findings' | 'problems'>,
  maxWarnings: number | null,
): 0 | 1 | 2 {
  if (result.problems.length > 0) return 2
  const { errors, warnings } = tally(result.findings)
  return errors > 0 || (maxWarnings !== null && warnings > maxWarnings) ? 1 : 0
}
