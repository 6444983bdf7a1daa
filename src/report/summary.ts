import type { FamilyAccount, ProjectAccount } from '../check/account.ts'
import type { CheckResult, Uncompared } from '../check/result.ts'
import type { RuleFamily } from '../config/config.ts'
import { FAMILIES } from '../config/families.ts'
import type { Paint } from './paint.ts'
import { tally } from './tally.ts'
import { printable } from './printable.ts'

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
 *
 * @param own - how migration-lint is called, given its arguments
 */
export function coverageLines(
  result: CheckResult,
  own: (args: string) => string = (args) => `npx migration-lint ${args}`,
): string[] {
  return [
    ...sqlLines(result, own),
    ...orphanLines(result),
    ...(result.uncompared ?? []).map(uncomparedLine),
    ...accountLines(result),
  ]
}

function uncomparedLine({ snapshots, reason }: Uncompared): string {
  const verb = snapshots === 1 ? 'was' : 'were'
  return `${count(snapshots, 'snapshot')} ${verb} not compared with the SQL (${reason}).`
}

const FAMILY_NAMES: Readonly<Record<RuleFamily, string>> = {
  sync: 'schema',
  history: 'history',
  migration: 'SQL',
}

/** More names than these are not read. */
const MOST_NAMES = 5

/**
 * What of the projects was not looked at, and why; without what the command line itself says.
 */
function accountLines({ projects = [] }: CheckResult): string[] {
  const names = new Map<string, string[]>()
  for (const { name, families } of projects) {
    const reasons = new Map<string, string[]>()
    for (const family of FAMILIES) {
      const { state, reason = '' } = families[family]
      // What could not be looked at is a problem or a finding.
      const isQuiet = state !== 'off' && state !== 'nothing'
      if (isQuiet || reason.startsWith('--')) continue
      reasons.set(reason, [...(reasons.get(reason) ?? []), FAMILY_NAMES[family]])
    }
    for (const [reason, own] of reasons) {
      const what =
        own.length === FAMILIES.length ? 'Not checked' : `Not checked: ${own.join(', ')} of`
      const line = `${what}\0${reason}`
      names.set(line, [...(names.get(line) ?? []), name])
    }
  }
  return [...names].map(([line, all]) => {
    const [what = '', reason = ''] = line.split('\0')
    const shown = all.slice(0, MOST_NAMES).join(', ')
    const more = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : ''
    return printable(`${what}${what.endsWith(' of') ? '' : ':'} ${shown}${more} (${reason}).`)
  })
}

function sqlLines(result: CheckResult, own: (args: string) => string): string[] {
  if (result.withoutSql)
    return [`The SQL of migrations was not judged (--only)${comparison(result)}.`]
  const { migrationsJudged, migrationsDeployed, statements, unmodelled } = result.counts
  const against = comparison(result)
  const rest = [clause(unmodelled, 'statement', ['could not be modelled', 'could not be modelled'])]
  const deployed = (fate: string) =>
    clause(migrationsDeployed, 'deployed migration', [`was ${fate}`, `were ${fate}`])
  if (migrationsJudged > 0) {
    const judged = `${count(migrationsJudged, 'migration')} (${count(statements, 'statement')})`
    const ranOn = result.ranOn ?? []
    const did = ranOn.length > 0 ? `Ran ${judged} on ${ranOn.join(' and ')}` : `Judged ${judged}`
    return [sentence([`${did}${against}`, deployed('replayed, not judged'), ...rest])]
  }
  const failed = result.problems.length > 0
  const unjudged = (result.projects ?? []).filter(({ families }) => isOff(families.migration))
  if (unjudged.length > 0 && unjudged.length === result.projects!.length && !failed) {
    return [`The SQL of migrations was not judged${against}.`]
  }
  const nothing = failed
    ? 'No migration was judged'
    : `No ${unjudged.length > 0 ? 'other ' : ''}migration is pending${against}`
  const lines = [sentence([nothing, deployed('not judged'), ...rest])]
  // Whoever is told of an error has something else to do first.
  if (migrationsDeployed > 0 && !failed && result.findings.length === 0) {
    lines.push(`To judge deployed ones too: ${own('--all')}, or --since <tag> for those after it.`)
  }
  return lines
}

/** Whether nobody looked for pending migrations at all. */
function isOff({ state }: FamilyAccount): boolean {
  return state === 'off'
}

/** SQL files that no migrator will run. */
function orphanLines({ counts: { orphans }, orphanFiles = [] }: CheckResult): string[] {
  if (orphans === 0) return []
  const names = orphanFiles.slice(0, MOST_NAMES).join(', ')
  const more = orphans > MOST_NAMES ? ` and ${orphans - MOST_NAMES} more` : ''
  const [verb, runs] = orphans === 1 ? ['is', 'runs'] : ['are', 'run']
  const what = `${count(orphans, 'SQL file')} ${verb} not in the journal and never ${runs}`
  return [printable(names === '' ? `${what}.` : `${what}: ${names}${more}.`)]
}

/** More projects than these are counted. */
const MOST_PROJECTS = 3

/** What there is to look at: projects, their databases, migrations and schemas. */
export function foundLines({ projects = [] }: CheckResult): string[] {
  const found = projects.filter(({ migrations }) => typeof migrations === 'number')
  if (found.length <= MOST_PROJECTS) return found.map((one) => printable(foundLine(one)))
  const total = found.reduce((sum, { migrations }) => sum + (migrations ?? 0), 0)
  const dialects = [...new Set(found.map(({ dialect }) => dialect))].join(', ')
  const compared = found.filter(({ families }) => families.sync.state === 'compared').length
  const schemas = compared === 0 ? '' : `; ${count(compared, 'schema')} compared`
  return [
    `Found ${found.length} projects (${dialects}) with ${count(total, 'migration')}${schemas}.`,
  ]
}

function foundLine({ name, dialect, migrations, families }: ProjectAccount): string {
  const schema = families.sync.state === 'compared' ? '; the schema was compared with them' : ''
  return `Found ${name} (${dialect}) with ${count(migrations ?? 0, 'migration')}${schema}.`
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
