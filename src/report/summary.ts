import type { CheckResult, Uncompared } from '../check/result.ts'
import type { Paint } from './paint.ts'
import { tally } from './tally.ts'

/** `1 error`, `2 errors`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
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
  return [...sqlLines(result), ...(result.uncompared ?? []).map(uncomparedLine)]
}

function uncomparedLine({ snapshots, reason }: Uncompared): string {
  const verb = snapshots === 1 ? 'was' : 'were'
  return `${count(snapshots, 'snapshot')} ${verb} not compared with the SQL (${reason}).`
}

function sqlLines(result: CheckResult): string[] {
  if (result.withoutSql)
    return [`The SQL of migrations was not judged (--only)${comparison(result)}.`]
  const { migrationsJudged, migrationsDeployed, orphans, statements, unmodelled } = result.counts
  const against = comparison(result)
  const rest = [
    clause(orphans, 'SQL file', [
      'is in no journal and never runs',
      'are in no journal and never run',
    ]),
    clause(unmodelled, 'statement', ['has no model', 'have no model']),
  ]
  const deployed = (fate: string) =>
    clause(migrationsDeployed, 'deployed migration', [`was ${fate}`, `were ${fate}`])
  if (migrationsJudged > 0) {
    const judged = `${count(migrationsJudged, 'migration')} (${count(statements, 'statement')})`
    return [sentence([`Judged ${judged}${against}`, deployed('replayed, not judged'), ...rest])]
  }
  const failed = result.problems.length > 0
  const nothing = failed ? 'No migration was judged' : `No migration is pending${against}`
  const lines = [sentence([nothing, deployed('not judged'), ...rest])]
  if (migrationsDeployed > 0 && !failed) {
    lines.push(
      'To judge deployed ones too: npx migration-lint --all, or --since <tag> for those after it.',
    )
  }
  return lines
}

function comparison({ comparedWith }: CheckResult): string {
  return comparedWith === '' ? '' : `, ${comparedWith}`
}

/** `2 files are …`, with the verb for one or for several; null for none. */
function clause(n: number, noun: string, [one, many]: readonly [string, string]): string | null {
  return n === 0 ? null : `${count(n, noun)} ${n === 1 ? one : many}`
}

function sentence(parts: readonly (string | null)[]): string {
  return `${parts.filter((part) => part !== null).join('; ')}.`
}
