import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CheckResult } from '../../src/check/result.ts'
import { run } from '../../src/commands/run.ts'
import { ProblemError } from '../../src/finding/problem.ts'
import { dropThing, finding, result } from '../report/fixtures.ts'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'ml-formats-'))
})
afterEach(() => {
  rmSync(cwd, { recursive: true, force: true })
})

const found = () => result({ findings: [finding({ rule: 'drop-thing' })], rules: [dropThing] })
const failed = () => {
  throw new ProblemError({ message: 'unknown base "x"', file: null, help: 'Fetch it.' })
}

async function outcome(line: string, check: () => CheckResult, env: NodeJS.ProcessEnv = {}) {
  const written = { out: '', err: '' }
  const output = (to: 'out' | 'err') => ({
    isTTY: false,
    write(text: string, done: () => void) {
      written[to] += text
      done()
    },
    on() {},
  })
  const code = await run(line.split(' ').filter(Boolean), {
    cwd,
    env,
    stdout: output('out'),
    stderr: output('err'),
    isInteractive: () => false,
    version: () => '1.2.3',
    rules: () => Promise.resolve([dropThing]),
    arrived: () => Promise.resolve(''),
    check: async () => check(),
  })
  return { code, ...written }
}

const read = (name: string) => readFileSync(join(cwd, name), 'utf8')

describe('a format that is written to a file', () => {
  test('comes besides what people read', async () => {
    const { code, out } = await outcome('--format sarif=ci/out.sarif --format junit=j.xml', found)
    expect(code).toBe(1)
    expect(out).toContain('error  drop-thing  users.email')
    const [run] = (JSON.parse(read('ci/out.sarif')) as { runs: any[] }).runs
    expect(run.tool.driver.rules[0].shortDescription.text).toMatch(/^A thing is dropped/)
    expect(run.invocations[0].exitCode).toBe(1)
    expect(read('j.xml')).toContain('<failure')
  })

  test('has no colours', async () => {
    await outcome('--format pretty=log.txt', found, { FORCE_COLOR: '1' })
    expect(read('log.txt')).toContain('error  drop-thing  users.email')
  })

  test('is there too where nothing could be checked', async () => {
    const { code, out, err } = await outcome('--format gitlab=q.json', failed)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toBe('migration-lint: unknown base "x"\n  help: Fetch it.\n')
    expect(JSON.parse(read('q.json'))).toMatchObject([
      {
        check_name: 'could-not-check',
        description: 'could not check: unknown base "x"\nFetch it.',
      },
    ])
  })

  test('is there too where another command fails', async () => {
    const { code, out } = await outcome('doctor --cwd nowhere --format json', failed)
    expect(code).toBe(2)
    expect(JSON.parse(out)).toMatchObject({ problems: [{ message: expect.any(String) }] })
    const report = await outcome('report', failed)
    expect(report.code).toBe(2)
    expect(report.out).toContain('**Could not check**: unknown base "x"')
    expect((await outcome('report --html', failed)).out).toMatch(/^<!doctype html>/)
    expect((await outcome('explain nothing', failed)).out).toBe('')
    const verify = await outcome('verify --url nonsense --html verify.html', failed)
    expect(verify.code).toBe(2)
    expect(read('verify.html')).toMatch(/^<!doctype html>/)
  })

  test('that cannot be written is exit code 2', async () => {
    writeFileSync(join(cwd, 'file'), '')
    const { code, err } = await outcome('--format json=file/out.json', found)
    expect(code).toBe(2)
    expect(err).toContain(`${join(cwd, 'file/out.json')} could not be written (`)
  })
})

describe('in GitHub Actions', () => {
  const env = () => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') })

  test('people read the log, GitHub its annotations, and the job has a summary', async () => {
    writeFileSync(join(cwd, 'summary.md'), 'of another step\n')
    const { out } = await outcome('', found, env())
    expect(out).toContain('error  drop-thing  users.email')
    expect(out).toMatch(
      /^::error file=drizzle\/0004_shiny_vision\.sql,title=drop-thing users\.email::/m,
    )
    expect(read('summary.md')).toMatch(
      /^of another step\n### Database migrations\n\n\*\*1 error\*\*\n/,
    )
  })

  test('whoever asks for a format gets that', async () => {
    const { out } = await outcome('--format json', found, env())
    expect(JSON.parse(out)).toMatchObject({ version: 1 })
    const both = await outcome('--format sarif=a.sarif', found, env())
    expect(both.out).toContain('::error ')
  })

  test('a hook speaks to whoever commits', async () => {
    expect((await outcome('--staged', found, env())).out).not.toContain('::error')
  })

  test('nothing found is in the summary', async () => {
    const { out } = await outcome('', () => result(), env())
    expect(out).toBe('Judged 1 migration (3 statements), compared with origin/main.\n')
    expect(read('summary.md')).toContain('nothing found')
  })

  test('what ends the check is an annotation, too', async () => {
    const { code, out } = await outcome('', failed, env())
    expect(code).toBe(2)
    expect(out).toBe(
      '::error title=migration-lint::could not check: unknown base "x"%0AFetch it.\n',
    )
    expect((await outcome('explain nothing', failed, env())).out).toBe('')
  })

  test('a summary that cannot be written changes nothing', async () => {
    const nowhere = { ...env(), GITHUB_STEP_SUMMARY: join(cwd, 'none/summary.md') }
    const { code, err } = await outcome('', found, nowhere)
    expect(code).toBe(1)
    expect(err).toBe('migration-lint: the job summary could not be written (ENOENT)\n')
  })
})
