import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/finding/finding.ts'
import { json, type JsonReport } from '../../src/report/json.ts'
import { noCounts } from '../../src/check/result.ts'
import { FILE, finding, rangeOf, result } from './fixtures.ts'

const places = { cwd: '/repo/apps/web', root: '/repo' }

const report = (given: Parameters<typeof result>[0], quiet = false) =>
  JSON.parse(json(result(given), { ...places, quiet })) as JsonReport

const fingerprintsOf = (findings: Finding[]) =>
  report({ findings }).findings.map(({ fingerprint }) => fingerprint)

test('the whole shape', () => {
  const text = '-- 🦉é\r\nDROP TABLE a,\r\n  b;'
  const first = finding({ range: rangeOf(text, 'a,\r\n  b') })
  const silenced = finding({
    severity: 'warn',
    migration: null,
    object: null,
    suppressed: { reason: 'agreed' },
  })
  const given = {
    findings: [first, silenced],
    problems: [{ message: 'm', file: 'drizzle.config.ts', help: 'h' }],
    counts: { unmodelled: 2 },
    texts: { [FILE]: text },
  }
  const { findings, ...rest } = report(given)
  expect(rest).toEqual({
    version: 1,
    summary: {
      errors: 1,
      warnings: 0,
      suppressed: 1,
      migrationsJudged: 1,
      statements: 3,
      unmodelled: 2,
    },
    problems: [{ message: 'm', file: '../../drizzle.config.ts', help: 'h' }],
    projects: [],
  })
  const hash = expect.stringMatching(/^[0-9a-f]{32}$/) as string
  expect(findings).toEqual([
    {
      rule: 'drop-column',
      severity: 'error',
      category: 'data-loss',
      project: 'drizzle.config.ts',
      migration: '0004_shiny_vision',
      object: 'users.email',
      file: '../../drizzle/0004_shiny_vision.sql',
      line: 2,
      column: 12,
      endLine: 3,
      endColumn: 4,
      message: 'Dropping users.email deletes its data.',
      help: 'Drop it in the deployment after the next.',
      url: 'https://github.com/migration-lint/migration-lint/blob/main/docs/rules/drop-column.md',
      fingerprint: hash,
    },
    expect.objectContaining({
      migration: null,
      object: null,
      line: null,
      column: null,
      endLine: null,
      endColumn: null,
      suppressed: { reason: 'agreed' },
    }),
  ])
})

test('it is one line that ends', () => {
  expect(json(result(), { ...places, quiet: false })).toMatch(/^\{.*\}\n$/)
})

test('columns count UTF-16 units: an emoji is two', () => {
  const text = '/* 🦉é */ DROP TABLE a;'
  const { findings } = report({
    findings: [finding({ range: rangeOf(text, 'DROP') })],
    texts: { [FILE]: text },
  })
  expect(findings[0]).toMatchObject({ line: 1, column: 11, endColumn: 15 })
})

test('--quiet leaves out what is no error; the summary still counts it', () => {
  const findings = [
    finding({ severity: 'warn' }),
    finding(),
    finding({ suppressed: { reason: 'x' } }),
  ]
  const quiet = report({ findings }, true)
  expect(quiet.findings).toHaveLength(1)
  expect(quiet.summary).toMatchObject({ errors: 1, warnings: 1, suppressed: 1 })
  expect(quiet.findings[0]!.fingerprint).toBe(report({ findings }).findings[1]!.fingerprint)
})

test('a check that came to nothing has the same shape', () => {
  const problem = { message: 'unknown base "x"', file: null, help: 'Fetch it.' }
  expect(report({ problems: [problem], counts: noCounts })).toEqual({
    version: 1,
    summary: {
      errors: 0,
      warnings: 0,
      suppressed: 0,
      migrationsJudged: 0,
      statements: 0,
      unmodelled: 0,
    },
    findings: [],
    problems: [problem],
    projects: [],
  })
})

describe('fingerprints', () => {
  test('stay when lines move, texts are reworded, severities change, it is suppressed', () => {
    const before = fingerprintsOf([finding({ range: { start: 0, end: 4 } })])
    const after = fingerprintsOf([
      finding({
        range: { start: 900, end: 904 },
        message: 'other',
        help: 'other',
        severity: 'warn',
        suppressed: { reason: 'x' },
      }),
    ])
    expect(after).toEqual(before)
  })

  test('stay when another finding comes before', () => {
    const [alone] = fingerprintsOf([finding()])
    expect(fingerprintsOf([finding({ object: 'users.name' }), finding()])[1]).toBe(alone)
  })

  test.each<[string, Partial<Finding>]>([
    ['rule', { rule: 'drop-table' }],
    ['project', { project: 'other.config.ts' }],
    ['migration', { migration: '0005_x' }],
    ['object', { object: 'users.name' }],
  ])('differ by %s', (_, difference) => {
    const [a, b] = fingerprintsOf([finding(), finding(difference)])
    expect(a).not.toBe(b)
  })

  test('differ for several of the same', () => {
    expect(new Set(fingerprintsOf([finding(), finding(), finding()])).size).toBe(3)
  })

  test('of findings in no migration differ by file', () => {
    const [a, b] = fingerprintsOf([
      finding({ migration: null }),
      finding({ migration: null, file: 'drizzle/x.sql' }),
    ])
    expect(a).not.toBe(b)
  })
})

test('what a finding suggests to edit comes with its places', () => {
  const fix = {
    title: 'Append NOT VALID',
    edits: [
      { file: 'drizzle/0004_shiny_vision.sql', range: { start: 3, end: 3 }, text: ' NOT VALID' },
    ],
  }
  const given = { findings: [finding({ fix, suggestions: [fix] })], texts: { [FILE]: 'SELECT' } }
  const shown = {
    title: 'Append NOT VALID',
    edits: [
      {
        file: '../../drizzle/0004_shiny_vision.sql',
        line: 1,
        column: 4,
        endLine: 1,
        endColumn: 4,
        text: ' NOT VALID',
      },
    ],
  }
  expect(report(given).findings).toEqual([
    expect.objectContaining({ fix: shown, suggestions: [shown] }),
  ])
})
