import { cpus, loadavg } from 'node:os'
import { type Disagreement, disagreementsOf, doAgree, isComparable } from './disagreements.ts'
import { NOT_NAMED, REASONS, UNTOLD } from './reasons.ts'
import type { Next } from './next.ts'
import type { Row } from './row.ts'
import { SUBJECTS } from './subjects.ts'

/** The rows of one project. */
export interface Replayed {
  readonly name: string
  readonly rows: readonly Row[]
  /** What became of what its commits left missing. */
  readonly next: readonly Next[]
}

/** The results as Markdown: figures, commit ids and our words, nothing of the projects themselves. */
export function summary(all: readonly Replayed[]): string {
  const replayed = all.filter(({ rows }) => rows.length > 0)
  const total: Replayed = { name: '**all**', rows: replayed.flatMap(({ rows }) => rows), next: [] }
  return [
    '# Replayed commits of real projects',
    '',
    'Each commit of the first-parent history that touches a schema file or a migration, staged on its parent in',
    'a repository without a remote; `--staged --only sync` next to plain `drizzle-kit generate` in a clean',
    `checkout of the same commit, with the packages the project names. Last run on ${cpus()[0]?.model ?? 'an unknown processor'},`,
    `Node ${process.version}, load ${loadavg()[0]!.toFixed(0)} on ${cpus().length} cores.`,
    '',
    ...table(
      ['project', 'shape', 'commits', 'from', 'to', 'drizzle-kit'],
      replayed.map(({ name, rows }) => [
        name,
        SUBJECTS.find((subject) => subject.name === name)?.shape ?? '',
        rows.length,
        rows.map(({ date }) => date).sort()[0]!,
        rows
          .map(({ date }) => date)
          .sort()
          .at(-1)!,
        [...new Set(rows.map(({ kit }) => kit))].sort().join(', '),
      ]),
    ),
    '## What it says',
    '',
    '*missing before*: the difference stands on the parent already, one warning. *left out*: drizzle-kit below 0.24.',
    '',
    ...table(
      [
        'project',
        'commits',
        'bring SQL',
        'clean',
        'missing before',
        'needs',
        'ambiguous',
        'cannot tell',
        'left out',
      ],
      [...replayed, total].map(({ name, rows }) => {
        const fit = rows.filter((row) => !isOld(row))
        const of = (kind: Row['tool']['kind']) =>
          fit.filter(({ tool }) => tool.kind === kind).length
        return [
          name,
          rows.length,
          rows.filter(({ brings }) => brings).length,
          of('clean'),
          of('known'),
          of('needs'),
          of('ambiguous'),
          of('cannot tell'),
          rows.length - fit.length,
        ]
      }),
    ),
    '## Whether drizzle-kit generate says the same',
    '',
    'Clean where it writes nothing, needs where it writes, ambiguous where it asks. *Blame*: what blocks is not',
    'written at the parent as well, and what is called missing before is. *Without*: every third commit once more',
    'without the migration it brings.',
    '',
    ...table(
      [
        'project',
        'both tell',
        'agree',
        'only the tool tells',
        'only generate tells',
        'neither',
        'blame right',
        'without: agree',
      ],
      [...replayed, total].map(({ name, rows }) =>
        agreement(
          name,
          rows.filter((row) => !isOld(row)),
        ),
      ),
    ),
    '## What the repositories did next',
    '',
    'Every commit that the tool would have blocked. *migration*: the later commit by which new SQL names all that',
    'was missing. *in step*: the next replayed commit at which generate has nothing to write.',
    '',
    ...table(
      ['project', 'commit', 'verdict', 'migration', 'days later', 'in step'],
      replayed.flatMap(({ name, next }) =>
        next.map(({ commit, date, verdict, migration, inStep }) => [
          name,
          short(commit),
          verdict,
          migration === null ? '–' : short(migration.commit),
          migration === null ? '–' : (Date.parse(migration.date) - Date.parse(date)) / 86_400_000,
          inStep === null ? '–' : short(inStep),
        ]),
      ),
    ),
    ...NOT_NAMED,
    '## Disagreements',
    '',
    ...disagreements(replayed),
    ...UNTOLD,
    '## Time',
    '',
    'Medians over the commits at which all three were timed one after the other: milliseconds on the clock of a',
    'machine that six sessions shared (load 5 to 20 on 2 cores), so only the ratios, taken commit by commit, tell.',
    '',
    ...table(
      ['project', 'commits', 'cold', 'cached', 'generate', 'cold / generate', 'cached / generate'],
      replayed.map(({ name, rows }) => times(name, rows)),
    ),
  ].join('\n')
}

function short(commit: string): string {
  return commit.slice(0, 9)
}

/** By design: such a drizzle-kit cannot be asked. */
function isOld({ kit }: Row): boolean {
  return /^0\.(?:\d|1\d|2[0-3])\./.test(kit)
}

function agreement(name: string, rows: readonly Row[]): readonly (string | number)[] {
  const both = rows.filter(({ tool, oracle }) => isComparable(tool, oracle))
  const untold = (row: Row) => row.tool.kind === 'cannot tell'
  const blamed = rows.filter(({ tool, before }) => before !== null && isComparable(tool, before))
  const wrong = blamed.filter((row) =>
    disagreementsOf(row).some(({ what }) => what.includes('at the parent')),
  )
  const bare = rows.flatMap(({ bare: one }) => (one ? [one] : []))
  return [
    name,
    both.length,
    both.filter(({ tool, oracle }) => doAgree(tool, oracle)).length,
    rows.filter((row) => !untold(row) && row.oracle.kind === 'fails').length,
    rows.filter((row) => untold(row) && row.oracle.kind !== 'fails').length,
    rows.filter((row) => untold(row) && row.oracle.kind === 'fails').length,
    `${blamed.length - wrong.length}/${blamed.length}`,
    `${bare.filter(({ tool, oracle }) => doAgree(tool, oracle)).length}/${bare.length}`,
  ]
}

function disagreements(replayed: readonly Replayed[]): readonly string[] {
  const lines: string[] = []
  for (const { name, rows } of replayed) {
    const found = rows.filter((row) => !isOld(row)).flatMap(disagreementsOf)
    if (found.length === 0) continue
    lines.push(`**${name}**`, '')
    const byReason = new Map<string, Disagreement[]>()
    for (const one of found) {
      const reason =
        REASONS.find(({ commits }) => commits.includes(short(one.commit)))?.reason ?? 'not read yet'
      byReason.set(reason, [...(byReason.get(reason) ?? []), one])
    }
    for (const [reason, ones] of byReason) {
      const kinds = [...new Set(ones.map(({ what }) => what))]
      lines.push(`- ${reason}`)
      for (const kind of kinds) {
        const commits = ones.filter(({ what }) => what === kind).map(({ commit }) => short(commit))
        lines.push(`  - ${kind} (${commits.length}): ${commits.join(' ')}`)
      }
    }
    lines.push('')
  }
  return lines.length === 0 ? ['None.', ''] : lines
}

function times(name: string, rows: readonly Row[]): readonly (string | number)[] {
  const told = rows.flatMap(({ tool, cached, oracle }) =>
    cached !== null && isComparable(tool, oracle)
      ? [{ cold: tool.milliseconds, cached, plain: oracle.milliseconds }]
      : [],
  )
  return [
    name,
    told.length,
    Math.round(median(told.map(({ cold }) => cold))),
    Math.round(median(told.map(({ cached }) => cached))),
    Math.round(median(told.map(({ plain }) => plain))),
    median(told.map(({ cold, plain }) => cold / plain)).toFixed(2),
    median(told.map(({ cached, plain }) => cached / plain)).toFixed(2),
  ]
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}

function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line), '']
}
