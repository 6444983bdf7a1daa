import { describe, expect, test } from 'vitest'
import { EMPTY_CATALOG } from '../../src/catalog/catalog.ts'
import { wholeAccount } from '../../src/check/account.ts'
import type { CheckResult } from '../../src/check/result.ts'
import { byHand, gone, undoneBy } from '../../src/dialects/reversal/reversal.ts'
import type { Timeline } from '../../src/dialects/timeline.ts'
import type { Finding } from '../../src/finding/finding.ts'
import { fill } from '../../src/finding/message.ts'
import { FORMAT_NAMES, type FormatName, formatOf } from '../../src/report/formats/table.ts'
import { painter } from '../../src/report/paint.ts'
import { inertLine, printable, withoutPasswords } from '../../src/report/printable.ts'
import type { DeploymentOutline } from '../../src/lint/outline.ts'
import { fatalText } from '../../src/report/problem.ts'
import { timeline } from './review/timelines.ts'
import { FILE, finding, formatOptions, rangeOf, result } from './fixtures.ts'

// What a repository may be made of, to be taken for something else by whoever prints it.
const HOSTILE = [
  '\n::error file=x::pwned',
  '\r::error file=x::pwned',
  '\u0085::error::pwned',
  '\u2028::error::pwned',
  '::stop-commands::pwned',
  '##[error]pwned',
  '##vso[task.setvariable variable=x]pwned',
  "##teamcity[message text='pwned']",
  '\u001b[31mpwned\u001b]0;pwned\u0007',
  '\u009b31mpwned',
  '\u202epwned\u2066',
]

/** A finding all of whose parts come from a hostile repository, as a rule reports it. */
function hostile(text: string): Finding {
  const data = { object: text }
  return finding({
    project: text,
    migration: text,
    object: text,
    file: `${text}.sql`,
    message: fill('Dropping {{object}} {{object}} deletes {{object}}', data),
    help: fill('{{object}}', data),
    suppressed: undefined,
  } as Partial<Finding>)
}

const renderers = await Promise.all(
  FORMAT_NAMES.map(async (name) => [name, await formatOf(name).load()] as const),
)

/** Of one outcome, all that can be printed. */
function outputs(all: CheckResult): [FormatName | 'failure', string][] {
  const fatal = all.problems.map((problem): ['failure', string] => [
    'failure',
    fatalText(problem, { root: '/repo', cwd: '/repo' }, painter(false)),
  ])
  const rendered = renderers.flatMap(([name, render]) =>
    [null, 50].flatMap((width) =>
      [true, false].map((color): [FormatName, string] => [
        name,
        render(all, formatOptions({ width, color })),
      ]),
    ),
  )
  return [...rendered, ...fatal]
}

function hostileOutcome(text: string): CheckResult {
  const sql = `DROP TABLE\n"${text}";`
  const file = `${text}.sql`
  const edits = [{ file, range: rangeOf(sql, text), text }]
  return result({
    findings: [
      hostile(text),
      { ...hostile(text), range: rangeOf(sql, text), fix: { title: text, edits } },
      { ...hostile(text), suppressed: { reason: text } },
    ],
    problems: [{ message: text, file, help: text }],
    texts: { [file]: sql },
    comparedWith: `compared with ${text}`,
    uncompared: [{ snapshots: 1, reason: text }],
    projects: [wholeAccount(text, { state: 'off', reason: text })],
    notices: [text],
    outlines: () => [outline(text)],
    timelines: () => [hostileTimeline(text)],
  })
}

/** What a reviewer is told of a deployment in which everything has such a name. */
function outline(text: string): DeploymentOutline {
  const table = { schema: text, name: text }
  const before = EMPTY_CATALOG
  const changes = [
    { change: { kind: 'DropTable', table, before }, reversal: gone(text) },
    {
      change: { kind: 'RenameColumn', table, column: text, to: text, before },
      reversal: undoneBy(text, text),
    },
    { change: { kind: 'DropView', view: table, before }, reversal: byHand(text) },
  ]
  const migrations = [{ name: text, file: text, changes }]
  const all = { project: text, dialect: 'postgresql', transaction: 'deployment', migrations }
  return all as unknown as DeploymentOutline
}

function hostileTimeline(text: string): Timeline {
  const one = timeline(2, [{ name: text, locks: [{ mode: text }] }])
  const statements = one.statements.map((statement) => ({
    ...statement,
    migration: text,
    file: text,
    sql: text,
  }))
  return { ...one, project: text, statements }
}

// eslint-disable-next-line no-control-regex
const OURS = /\u001b\[\d+(?:;\d+)*m/g

describe.each(HOSTILE.map((text) => [JSON.stringify(text), text]))('%s', (_, text) => {
  test('starts no command and steers nothing, in any format', () => {
    for (const [format, output] of outputs(hostileOutcome(text))) {
      const lines = output.replaceAll(OURS, '').split('\n')
      for (const line of lines) {
        // Those of GitHub's are commands, one on each line: what they say is no other one.
        const said = format === 'github' ? line.replace(/^::(?:error|warning) [^:]*::/, '') : line
        expect(said, format).not.toMatch(/^\s*::/)
        expect(said, format).not.toMatch(/##(?:\[|vso|teamcity)/i)
        // eslint-disable-next-line no-control-regex
        expect(said, format).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
        expect(said, format).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
      }
      expect(output).toContain('pwned')
    }
  })

  test('is told to programs as it is', () => {
    const [, output = ''] = outputs(hostileOutcome(text)).find(([name]) => name === 'json')!
    const { findings } = JSON.parse(output) as { findings: { object: string }[] }
    expect(findings[0]?.object).toBe(text)
  })
})

test('what others wrote starts no line of its own; what a rule writes may', () => {
  expect(fill('{{a}}\nthen', { a: 'one\n\ntwo' })).toBe('one two\nthen')
  expect(fill('It would write:{{sql|lines}}', { sql: '\n  one\n  two' })).toBe(
    'It would write:\n  one\n  two',
  )
})

test('harmless text stays as it is', () => {
  for (const text of ["'a'::text", '# heading', '## heading', 'a::b', '  :one', 'é 数据 🦉 👩‍👩‍👧']) {
    expect(inertLine(text)).toBe(text)
    expect(printable(text)).toBe(text)
  }
})

describe('passwords', () => {
  test.each([
    ['postgres://app:canary@db:5432/app', 'postgres://app:***@db:5432/app'],
    ['"mysql://app:can@ary@db/app"', '"mysql://app:***@db/app"'],
    ['redis://:canary@cache', 'redis://:***@cache'],
    ["'https://canary@github.com/a/b.git/'", "'https://***@github.com/a/b.git/'"],
    ['https://x:canary@gitlab.com', 'https://x:***@gitlab.com'],
    ['host=db user=app password=canary dbname=x', 'host=db user=app password=*** dbname=x'],
    [
      'jdbc:postgresql://db/x?user=a&password=canary&ssl=1',
      'jdbc:postgresql://db/x?user=a&password=***&ssl=1',
    ],
  ])('%s', (text, expected) => {
    expect(withoutPasswords(text)).toBe(expected)
  })

  test.each(['postgres://db/app', 'ssh://git@github.com/a/b', 'https://a.example/b@c', 'a:b@c'])(
    '%s has none',
    (text) => {
      expect(withoutPasswords(text)).toBe(text)
    },
  )

  test('are in no format, the code frame included', () => {
    const sql = `CREATE SUBSCRIPTION s\n  CONNECTION 'postgres://u:canary@h/d' PUBLICATION p;`
    const message = 'connects to postgres://u:canary@h/d'
    const all = result({
      findings: [finding({ message, help: message, range: rangeOf(sql, 'CONNECTION') })],
      problems: [{ message, file: null, help: message }],
      texts: { [FILE]: sql },
    })
    const told = outputs(all)
    const [, text] = told.find(([name]) => name === 'pretty')!
    expect(text.replaceAll(OURS, '')).toContain("CONNECTION 'postgres://u:******@h/d'")
    for (const [format, output] of told) expect(output, format).not.toContain('canary')
  })

  test('are looked for in a line of a megabyte that is full of almost-URLs, and it ends', () => {
    const long = '://a:'.repeat(200_000)
    expect(withoutPasswords(long)).toBe(long)
  })
})
