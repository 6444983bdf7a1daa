import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../src/commands/arguments.ts'
import { formatsIn } from '../../src/commands/formats.ts'
import { ProblemError } from '../../src/finding/problem.ts'

const env = { CI: 'true' }
const parse = (line: string) => parseArguments(line.split(' ').filter(Boolean), '/repo', env)

function check(line: string) {
  const command = parse(line)
  if (command.kind !== 'check') throw new Error(`${command.kind} instead of check`)
  return command
}

function complaint(args: string | string[]): string {
  try {
    parseArguments(typeof args === 'string' ? args.split(' ') : args, '/repo', env)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    expect(error.problem.message).not.toContain('\n')
    return error.problem.message
  }
  return 'none'
}

test('nothing asked for: all projects, against the production branch', () => {
  expect(parse('')).toEqual({
    kind: 'check',
    check: {
      cwd: '/repo',
      selection: { kind: 'default' },
      projects: [],
      only: null,
      config: null,
      env,
    },
    output: { formats: [], quiet: false, maxWarnings: null },
    noColor: false,
  })
})

describe('selections', () => {
  test.each([
    ['--staged', { kind: 'staged' }],
    ['--base origin/develop', { kind: 'base', ref: 'origin/develop' }],
    ['--base=origin/develop', { kind: 'base', ref: 'origin/develop' }],
    ['--all', { kind: 'all' }],
    ['--since 0041_old_wolf', { kind: 'since', tag: '0041_old_wolf' }],
    [
      'drizzle/0001_a.sql /else/0002_b.SQL',
      { kind: 'files', files: ['/repo/drizzle/0001_a.sql', '/else/0002_b.SQL'] },
    ],
    ['--cwd apps/api 0001_a.sql', { kind: 'files', files: ['/repo/apps/api/0001_a.sql'] }],
    ['-- --all.sql', { kind: 'files', files: ['/repo/--all.sql'] }],
  ])('%s', (line, selection) => {
    expect(check(line).check.selection).toEqual(selection)
  })

  test.each([
    ['--staged --all', '--staged and --all contradict each other: give one of them'],
    ['--since a --base b', '--base and --since contradict each other: give one of them'],
    ['--all a.sql', '--all and the file a.sql contradict each other: give one of them'],
  ])('%s contradict each other', (line, message) => {
    expect(complaint(line)).toBe(message)
  })

  test('the same switch twice is no contradiction', () => {
    expect(check('--staged --staged').check.selection).toEqual({ kind: 'staged' })
  })
})

test('everything else that can be set', () => {
  const line =
    '--project apps/api --project apps/web/drizzle.config.ts --only migration,sync --only sync ' +
    '--config ci/lint.json --cwd packages --format json --max-warnings 0 --quiet --no-color'
  expect(check(line)).toEqual({
    kind: 'check',
    check: {
      cwd: '/repo/packages',
      selection: { kind: 'default' },
      projects: ['apps/api', 'apps/web/drizzle.config.ts'],
      only: ['sync', 'migration'],
      config: '/repo/packages/ci/lint.json',
      env,
    },
    output: { formats: [{ name: 'json', file: null }], quiet: true, maxWarnings: 0 },
    noColor: true,
  })
})

test.each([
  ['--help', { kind: 'help' }],
  ['-h', { kind: 'help' }],
  ['explain --help', { kind: 'help' }],
  ['--version', { kind: 'version' }],
  ['-v', { kind: 'version' }],
  ['rules', { kind: 'rules', noColor: false }],
  ['--no-color rules', { kind: 'rules', noColor: true }],
  ['explain drop-column', { kind: 'explain', rule: 'drop-column', noColor: false }],
])('%s', (line, command) => {
  expect(parse(line)).toEqual(command)
})

describe('what makes no sense is one line', () => {
  test.each([
    ['--stagd', 'unknown option "--stagd": did you mean "--staged"?'],
    ['--toString', 'unknown option "--toString"; migration-lint --help lists the options'],
    ['-x', 'unknown option "-x"; migration-lint --help lists the options'],
    ['--base', '--base needs a value: --base <ref>'],
    ['--base --quiet', '--base needs a value: --base <ref>'],
    ['--base=', '--base needs a value: --base <ref>'],
    ['--staged=yes', '--staged takes no value'],
    ['--base a --base b', '--base is given twice'],
    ['--format jsn', 'unknown format "jsn": did you mean "json"?'],
    [
      '--format xml',
      'unknown format "xml"; there are pretty, json, github, sarif, gitlab, junit, checkstyle, rdjson, gcc, markdown, report, html',
    ],
    ['--format sarif=', '--format sarif= names no file'],
    [
      '--format json --format sarif',
      'json and sarif both go to standard output: write one to a file of its own: --format sarif=<file>',
    ],
    [
      '--format json=a --format sarif=a',
      'json and sarif both go to one file: write one to a file of its own: --format sarif=<file>',
    ],
    ['doctor --format sarif', '"doctor" prints one format: pretty or json'],
    ['--only migrations', 'unknown family "migrations" in --only: did you mean "migration"?'],
    ['--only sql', 'unknown family "sql" in --only; there are sync, history, migration'],
    ['--only sync,', 'unknown family "" in --only; there are sync, history, migration'],
    ['--max-warnings many', '--max-warnings must be a whole number, not "many"'],
    ['--max-warnings 1.5', '--max-warnings must be a whole number, not "1.5"'],
    ['explian drop-column', 'unknown command "explian": did you mean "explain"?'],
    ['drizzle', '"drizzle" is not a .sql file; a project is named with --project drizzle'],
    ['explain', '"explain" takes the name of one rule; migration-lint rules lists them'],
    ['explain a b', '"explain" takes the name of one rule; migration-lint rules lists them'],
    ['explain a --staged', '--staged does not apply to "explain"'],
    ['rules a', '"rules" takes no argument, but got "a"'],
  ])('%s', (line, message) => {
    expect(complaint(line)).toBe(message)
  })
})

test('several formats, some of them to files relative to the working directory', () => {
  const line = '--cwd apps --format pretty --format github --format sarif=ci/out.sarif'
  expect(check(line).output.formats).toEqual([
    { name: 'pretty', file: null },
    { name: 'github', file: null },
    { name: 'sarif', file: '/repo/apps/ci/out.sarif' },
  ])
})

const toStdout = (name: string) => ({ name, file: null })

test.each([
  [['--format', 'json', '--stagd'], [toStdout('json')]],
  [['--format=json', '--format', 'xml'], [toStdout('json')]],
  [['--format', 'pretty', 'json'], [toStdout('pretty')]],
  [['--format=sarif=a.sarif'], [{ name: 'sarif', file: '/repo/a.sarif' }]],
  [['json', '--format'], []],
])('of %j, understood or not, the formats are %j', (args, expected) => {
  expect(formatsIn(args, '/repo')).toEqual(expected)
})

test('verify --html takes a file, report --html none', () => {
  const page = { name: 'html', file: '/repo/out/page.html' }
  for (const line of ['verify --html out/page.html --all', 'verify --html=out/page.html']) {
    expect(parse(line)).toMatchObject({ kind: 'verify', output: { formats: [page] } })
    expect(formatsIn(line.split(' '), '/repo')).toEqual([page])
  }
  expect(parse('verify --html page.html --format json')).toMatchObject({
    output: { formats: [{ name: 'json', file: null }, { name: 'html' }] },
  })
  expect(parse('report --html drizzle/0001_a.sql')).toMatchObject({
    check: { selection: { kind: 'files' } },
    output: { formats: [{ name: 'html', file: null }] },
  })
  expect(complaint('verify --html')).toBe('--html needs a value: --html <file>')
  expect(complaint('verify --html --all')).toBe('--html needs a value: --html <file>')
  expect(complaint('report --html=page.html')).toBe('--html takes no value')
  expect(complaint('--html page.html')).toContain('--html is for "report" and "verify" alone')
})
