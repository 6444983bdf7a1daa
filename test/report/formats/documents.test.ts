import { expect, test } from 'vitest'
import { gitlab } from '../../../src/report/formats/gitlab.ts'
import { rdjson } from '../../../src/report/formats/rdjson.ts'
import { FILE, finding, formatOptions, result } from '../fixtures.ts'
import { sample } from './sample.ts'

const options = formatOptions({ cwd: '/repo/apps/web' })

test('gitlab: what Code Quality reads, from the top of the repository', () => {
  const issues = JSON.parse(gitlab(sample(), options)) as Record<string, unknown>[]
  expect(issues).toMatchObject([
    {
      check_name: 'could-not-check',
      severity: 'blocker',
      location: { path: 'drizzle.config.ts', lines: { begin: 1 } },
      description: 'could not check: no such folder: drizzle\nMake it.',
    },
    { check_name: 'slow-thing', severity: 'minor', location: { path: FILE, lines: { begin: 3 } } },
    { check_name: 'drop-thing', severity: 'critical', location: { lines: { begin: 2 } } },
    { check_name: 'other-thing', severity: 'critical', location: { lines: { begin: 1 } } },
  ])
  const fingerprints = issues.map(({ fingerprint }) => fingerprint)
  expect(new Set(fingerprints).size).toBe(issues.length)
  expect(JSON.parse(gitlab(result(), options))).toEqual([])
})

test('rdjson: paths from where it runs, columns in bytes of UTF-8, a fix is a suggestion', () => {
  const sql = '/* 🦉é */ DROP TABLE a;'
  const range = { start: sql.indexOf('DROP'), end: sql.indexOf('DROP') + 4 }
  const fix = { title: 'Keep it', edits: [{ file: FILE, range, text: 'SELECT' }] }
  const elsewhere = { title: 'x', edits: [{ file: 'b.sql', range, text: 'SELECT' }] }
  const findings = [
    finding({ range, fix, suggestions: [elsewhere] }),
    finding({ severity: 'warn' }),
  ]
  const text = rdjson(result({ findings, texts: { [FILE]: sql, 'b.sql': sql } }), options)
  const place = { start: { line: 1, column: 14 }, end: { line: 1, column: 18 } }
  const url = 'https://github.com/migration-lint/migration-lint/blob/main/docs/rules/drop-column.md'
  const message =
    'Dropping users.email deletes its data.\nDrop it in the deployment after the next.'
  expect(JSON.parse(text)).toEqual({
    source: { name: 'migration-lint', url: 'https://github.com/migration-lint/migration-lint' },
    diagnostics: [
      {
        message,
        location: { path: `../../${FILE}`, range: place },
        severity: 'ERROR',
        code: { value: 'drop-column', url },
        suggestions: [{ range: place, text: 'SELECT' }],
      },
      {
        message,
        location: { path: `../../${FILE}` },
        severity: 'WARNING',
        code: { value: 'drop-column', url },
      },
    ],
  })
})
