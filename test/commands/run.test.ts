import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { CheckOptions } from '../../src/check/options.ts'
import { run, type Surroundings } from '../../src/commands/run.ts'
import type { CheckResult } from '../../src/check/result.ts'
import { ProblemError } from '../../src/finding/problem.ts'
import { dropThing, finding, result, slowThing } from '../report/fixtures.ts'

const cwd = mkdtempSync(join(tmpdir(), 'ml-run-'))

afterAll(() => {
  rmSync(cwd, { recursive: true, force: true })
})

class Recorder {
  text = ''
  isTTY = false

  write(text: string, done: () => void): void {
    this.text += text
    done()
  }

  on(): void {}
}

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly asked: CheckOptions | null
  readonly loaded: readonly string[]
}

async function outcome(
  line: string,
  check: () => CheckResult = () => result(),
  given: Partial<Surroundings> = {},
): Promise<Outcome> {
  const stdout = new Recorder()
  const stderr = new Recorder()
  const loaded: string[] = []
  let asked: CheckOptions | null = null
  const code = await run(line.split(' ').filter(Boolean), {
    cwd,
    env: {},
    stdout,
    stderr,
    isInteractive: () => false,
    version: () => '1.2.3',
    rules: () => {
      loaded.push('rules')
      return Promise.resolve([dropThing, slowThing])
    },
    arrived: () => {
      loaded.push('arrived')
      return Promise.resolve('1 new migration\n')
    },
    check: async (options) => {
      loaded.push('check')
      asked = options
      return check()
    },
    ...given,
  })
  return { code, out: stdout.text, err: stderr.text, asked, loaded }
}

describe('--help and --version', () => {
  test('load neither rules nor the check', async () => {
    const help = await outcome('--help')
    expect(help).toMatchObject({ code: 0, err: '', loaded: [] })
    expect(help.out).toContain('migration-lint explain <rule>')
    expect(help.out).toMatch(/^ {2}--base <ref> +compare with this ref/m)
    expect(Math.max(...help.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
    expect(await outcome('--version')).toMatchObject({ code: 0, out: '1.2.3\n', loaded: [] })
  })
})

describe('a check', () => {
  test('nothing found', async () => {
    const { code, out, err, asked } = await outcome('--base main')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe('Judged 1 migration (3 statements), compared with origin/main.\n')
    expect(asked).toMatchObject({ cwd, selection: { kind: 'base', ref: 'main' } })
  })

  test('--staged, which a hook runs, prints nothing when all is well', async () => {
    const suppressed = () => result({ findings: [finding({ suppressed: { reason: 'unused' } })] })
    expect(await outcome('--staged')).toMatchObject({ code: 0, out: '', err: '' })
    expect(await outcome('--staged', suppressed)).toMatchObject({ code: 0, out: '', err: '' })
  })

  test.each([
    ['--staged', 'To commit unchecked: git commit --no-verify\n'],
    [`--pushed ..${'1'.repeat(40)}`, 'To push unchecked: git push --no-verify\n'],
  ])('%s, in a hook that stops, ends with the way out', async (line, last) => {
    const env = { GIT_INDEX_FILE: '.git/index' }
    const found = await outcome(line, () => result({ findings: [finding()] }), { env })
    expect(found.out.endsWith(last)).toBe(true)
    const throwing = () => {
      throw new ProblemError({ message: 'no base', file: null, help: '' })
    }
    expect((await outcome(line, throwing, { env })).err.endsWith(last)).toBe(true)
    const warned = () => result({ findings: [finding({ severity: 'warn' })] })
    expect((await outcome(line, warned, { env })).out).not.toContain('--no-verify')
    expect((await outcome('--staged', () => result({ findings: [finding()] }))).out).not.toContain(
      '--no-verify',
    )
  })

  test('arrived prints what arrived', async () => {
    expect(await outcome('arrived')).toMatchObject({
      code: 0,
      out: '1 new migration\n',
      loaded: ['arrived'],
    })
    expect((await outcome('arrived now')).code).toBe(2)
  })

  test('--staged prints warnings, problems and JSON as any other check', async () => {
    const warning = () => result({ findings: [finding({ severity: 'warn' })] })
    const problem = () => result({ problems: [{ message: 'no out', file: null, help: '' }] })
    expect((await outcome('--staged', warning)).out).toContain('warning  drop-column')
    expect((await outcome('--staged', problem)).out).toContain('could not check: no out')
    const orphan = () => result({ counts: { orphans: 1 } })
    expect((await outcome('--staged', orphan)).out).toContain('1 SQL file is not in the journal')
    expect((await outcome('--staged --format json')).out).toContain('"version":1')
  })

  test('an error found: printed on stdout, exit code 1', async () => {
    const { code, out, err } = await outcome('', () => result({ findings: [finding()] }))
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toContain('error  drop-column  users.email')
  })

  test('too many warnings', async () => {
    const warning = () => result({ findings: [finding({ severity: 'warn' })] })
    expect((await outcome('', warning)).code).toBe(0)
    expect((await outcome('--max-warnings 0', warning)).code).toBe(1)
  })

  test('something not checked: exit code 2, and what was found is printed too', async () => {
    const problems = [{ message: 'apps/api has no out', file: null, help: 'Set it.' }]
    const { code, out } = await outcome('', () => result({ findings: [finding()], problems }))
    expect(code).toBe(2)
    expect(out).toContain('drop-column')
    expect(out).toContain('could not check: apps/api has no out\n  help: Set it.')
  })

  test('as JSON: nothing but JSON on stdout', async () => {
    const { code, out } = await outcome('--format json', () => result({ findings: [finding()] }))
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ version: 1, summary: { errors: 1 } })
  })

  test('colours only where the surroundings have them', async () => {
    const error = () => result({ findings: [finding()] })
    expect((await outcome('', error)).out).not.toContain('\u001b')
    const forced = { env: { FORCE_COLOR: '1' } }
    expect((await outcome('', error, forced)).out).toContain('\u001b[')
    expect((await outcome('--no-color', error, forced)).out).not.toContain('\u001b')
  })
})

describe('what goes wrong is one line on stderr and exit code 2', () => {
  test('a command line that makes no sense', async () => {
    expect(await outcome('--staged --all')).toEqual({
      code: 2,
      out: '',
      err: 'migration-lint: --staged and --all contradict each other: give one of them\n',
      asked: null,
      loaded: [],
    })
  })

  test('a folder that is none', async () => {
    const { code, err, loaded } = await outcome('--cwd nowhere')
    expect({ code, loaded }).toEqual({ code: 2, loaded: [] })
    expect(err).toBe(`migration-lint: --cwd: ${join(cwd, 'nowhere')} is not a folder\n`)
  })

  const problem = { message: 'unknown base "x"', file: 'a.json', help: 'Fetch it.' }
  const unknownBase = () => {
    throw new ProblemError(problem)
  }

  test('a problem that ends the check', async () => {
    const { code, out, err } = await outcome('', unknownBase)
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err: 'migration-lint: unknown base "x"\n  help: Fetch it.\n',
    })
  })

  test('with --format json stdout says it too', async () => {
    const { code, out } = await outcome('--format json', unknownBase)
    expect(code).toBe(2)
    expect((JSON.parse(out) as { problems: unknown }).problems).toEqual([problem])
  })

  test('even where the command line itself is wrong', async () => {
    const { out } = await outcome('--format json --stagd')
    expect(JSON.parse(out)).toMatchObject({
      problems: [{ message: 'unknown option "--stagd": did you mean "--staged"?' }],
    })
  })

  test('a bug: no stack, unless asked for', async () => {
    const bug = () => {
      throw new TypeError('x is not a function\nmore')
    }
    const { code, out, err } = await outcome('', bug)
    expect({ code, out, err }).toEqual({
      code: 2,
      out: '',
      err:
        'migration-lint: internal error: x is not a function\n' +
        '  help: this is a bug in migration-lint; run again with MIGRATION_LINT_DEBUG=1 for the ' +
        'stack trace\n',
    })
    const debug = { env: { MIGRATION_LINT_DEBUG: '1' } }
    expect((await outcome('', bug, debug)).err).toMatch(/TypeError: x is not a function[^]*at /)
  })
})

describe('explain', () => {
  test('a rule', async () => {
    const { code, out } = await outcome('explain drop-thing')
    expect(code).toBe(0)
    expect(out).toContain('Instead\n  1. Stop using it and deploy.\n')
  })

  test('a misspelt rule', async () => {
    expect(await outcome('explain dropthing')).toMatchObject({
      code: 2,
      out: '',
      err: 'migration-lint: unknown rule "dropthing": did you mean "drop-thing"?\n',
    })
    expect((await outcome('explain no-console')).err).toBe(
      'migration-lint: unknown rule "no-console"; migration-lint rules lists them\n',
    )
  })
})

test('rules lists them', async () => {
  const { code, out, loaded } = await outcome('rules')
  expect({ code, loaded }).toEqual({ code: 0, loaded: ['rules'] })
  expect(out).toMatch(/^drop-thing +error /m)
})
