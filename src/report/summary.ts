import type { CheckResult } from '../lint/result.ts'
import type { Paint } from './paint.ts'
import { tally } from './tally.ts'

/** `1 error`, `2 errors`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

/** How many errors, warnings and suppressed findings there are; null where there are none. */
export function verdictLine(result: CheckResult, paint: Paint): string | null {
  const { errors, warnings, suppressed } = tally(result.findings)
  const parts = [
    errors > 0 ? paint(['bold', 'red'], count(errors, 'error')) : null,
    warnings > 0 ? paint(['bold', 'yellow'], count(warnings, 'warning')) : null,
    suppressed > 0 ? `${suppressed} suppressed` : null,
    result.problems.length > 0
      ? paint(['bold', 'red'], `${count(result.problems.length, 'thing')} not checked`)
      : null,
  ].filter((part) => part !== null)
  if (parts.length === 0) return null
  return parts.join(', ')
}

/**
 * What was looked at and what was not, so that silence is never taken for approval of something
 * nobody looked at.
 */
export function coverageLines(result: CheckResult): string[] {
  const { migrationsJudged, migrationsDeployed, orphans, statements, unmodelled } = result.counts
  const against = result.comparedWith === '' ? '' : `, ${result.comparedWith}`
  const rest = [
    orphans > 0
      ? `${count(orphans, 'SQL file')} ${orphans === 1 ? 'is in no journal and never runs' : 'are in no journal and never run'}`
      : null,
    unmodelled > 0
      ? `${count(unmodelled, 'statement')} ${unmodelled === 1 ? 'has' : 'have'} no model`
      : null,
  ]
  if (migrationsJudged > 0) {
    const judged = `${count(migrationsJudged, 'migration')} (${count(statements, 'statement')})`
    const replayed =
      migrationsDeployed > 0
        ? `${count(migrationsDeployed, 'deployed migration')} ${migrationsDeployed === 1 ? 'was' : 'were'} replayed, not judged`
        : null
    return [sentence([`Judged ${judged}${against}`, replayed, ...rest])]
  }
  const nothing =
    result.problems.length > 0 ? 'No migration was judged' : `No migration is pending${against}`
  if (migrationsDeployed === 0) return [sentence([nothing, ...rest])]
  const unjudged = `${count(migrationsDeployed, 'deployed migration')} ${migrationsDeployed === 1 ? 'was' : 'were'} not judged`
  return [
    sentence([nothing, unjudged, ...rest]),
    'To judge deployed migrations too: migration-lint --all, or --since <tag> for those after <tag>.',
  ]
}

function sentence(parts: readonly (string | null)[]): string {
  return `${parts.filter((part) => part !== null).join('; ')}.`
}
