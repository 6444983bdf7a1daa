import type { Exclusion } from '../../../../src/dialects/effects.ts'
import type { Outcome } from './measure.ts'
import type { Recorded } from './recorded.ts'

/** What docs/postgres-versions.md shows of what was recorded. */
export function versionTables(recorded: Recorded): string {
  const rows = Object.entries(recorded).map(([sql, byVersion]) => {
    const versions = Object.keys(byVersion).map(Number)
    return { sql, versions, stretches: stretchesOf(byVersion) }
  })
  const same = rows.filter(({ stretches }) => stretches.length === 1)
  const refused = rows.filter(
    ({ stretches }) => stretches.length > 1 && stretches.some(({ outcome }) => outcome.error),
  )
  const other = rows.filter((row) => !same.includes(row) && !refused.includes(row))
  const newest = refused.toSorted((a, b) => last(a.stretches).from - last(b.stretches).from)
  return [
    '## Not on every version',
    '',
    'What an older server refuses, and what the statement does where it runs.',
    '',
    table(
      ['Statement', 'Runs from', 'On older ones', 'What it does'],
      newest.map(({ sql, stretches }) => [
        code(sql),
        String(last(stretches).from),
        refusal(stretches[0]!.outcome),
        inWords(last(stretches).outcome),
      ]),
    ),
    '',
    '## On every version, but not the same',
    '',
    table(
      ['Statement', 'Versions', 'What it does'],
      other.flatMap(({ sql, stretches }) =>
        stretches.map(({ from, to, outcome }) => [code(sql), range(from, to), inWords(outcome)]),
      ),
    ),
    '',
    '## The same on 12 to 18',
    '',
    table(
      ['Statement', 'What it does'],
      same.map(({ sql, stretches }) => [code(sql), inWords(stretches[0]!.outcome)]),
    ),
    '',
  ].join('\n')
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly outcome: Outcome
}

/** Versions in a row that do the same; texts of errors may differ. */
function stretchesOf(byVersion: Readonly<Record<string, Outcome>>): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const [version, outcome] of Object.entries(byVersion)) {
    const before = stretches.at(-1)
    const isSame = before && inWords(before.outcome) === inWords(outcome)
    const from = isSame ? stretches.pop()!.from : Number(version)
    stretches.push({ from, to: Number(version), outcome: isSame ? before.outcome : outcome })
  }
  return stretches
}

function inWords(outcome: Outcome): string {
  if (outcome.error) return refusal(outcome)
  const { rewritten, builtOn, scanned, locks } = outcome
  const done = [
    ...rewritten.map((name) => `rewrites \`${name}\``),
    ...builtOn.map((name) => `builds an index on \`${name}\``),
    ...scanned.map((name) => `scans \`${name}\``),
  ]
  const blocked = (['readers', 'writers'] as const).flatMap((whom) => {
    const names = Object.keys(locks).filter((name) => locks[name] === whom)
    return names.length === 0
      ? []
      : [`${BLOCKED[whom]} ${names.map((name) => `\`${name}\``).join(', ')}`]
  })
  const held = done.length === 0 ? blocked.map((what) => `${what}, briefly`) : blocked
  return [...done, ...held].join('; ') || 'blocks nobody'
}

const BLOCKED: Readonly<Record<Exclude<Exclusion, 'schema changes'>, string>> = {
  readers: 'blocks reads and writes of',
  writers: 'blocks writes to',
}

function refusal({ error }: Outcome): string {
  return `refused (${error?.slice(0, 5)})`
}

function range(from: number, to: number): string {
  return from === to ? `${from}` : `${from} to ${to}`
}

function code(sql: string): string {
  const lines = sql.split('--> statement-breakpoint').map((part) => part.trim().replace(/;$/, ''))
  return lines.map((line) => `\`${line.replaceAll('|', '\\|')}\``).join('; ')
}

function last<T>(list: readonly T[]): T {
  return list.at(-1)!
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
