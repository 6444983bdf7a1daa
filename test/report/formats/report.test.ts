import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { CheckResult } from '../../../src/check/result.ts'
import { outlineOf } from '../../../src/lint/outline.ts'
import { replayDeployment } from '../../../src/lint/judge.ts'
import { computedTimeline } from '../../../src/lint/timeline.ts'
import { page } from '../../../src/report/formats/html.ts'
import { report } from '../../../src/report/formats/report.ts'
import { engine } from '../../dialects/postgres/sql/replayed.ts'
import { installed } from '../../installed.ts'
import { finding, formatOptions, result } from '../fixtures.ts'
import { MARKUP } from './sample.ts'

const entry = path.join(installed({ marked: '16.4.2' }), 'node_modules/marked/lib/marked.esm.js')
const { marked } = (await import(pathToFileURL(entry).href)) as {
  marked: { parse(text: string): string }
}

const DEPLOYED = 'CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, age integer);'

/** The outcome of a check of these migrations, with what it knows of the deployment. */
function pending(sqls: readonly string[], given: Parameters<typeof result>[0] = {}): CheckResult {
  const session = { version: null, timezone: 'UTC', transaction: 'deployment' } as const
  const source = (text: string, i: number) => ({
    name: `000${i}_m`,
    file: `drizzle/000${i}_m.sql`,
    text,
  })
  const { after } = replayDeployment({ engine, session }, engine.emptyCatalog, [
    source(DEPLOYED, 0),
  ])
  const replayed = replayDeployment(
    { engine, session },
    after,
    sqls.map((text, i) => source(text, i + 1)),
  )
  return {
    ...result(given),
    outlines: () => [outlineOf(engine, replayed, 'drizzle.config.ts')],
    timelines: () => [computedTimeline(engine, replayed, 'drizzle.config.ts')],
  }
}

const text = (...given: Parameters<typeof pending>) => report(pending(...given), formatOptions())

/** The lines below a heading. */
function section(markdown: string, heading: string): string {
  const [, after = ''] = markdown.split(`### ${heading}\n\n`)
  return after.split('\n### ')[0]!.trim()
}

describe('the report', () => {
  test('says of each migration what it changes', () => {
    const changes = section(
      text(['ALTER TABLE users RENAME COLUMN name TO full_name;', 'CREATE TABLE a (id integer);']),
      'What changes',
    )
    expect(changes).toBe(
      '`0001_m`\n\n- renames the column users.name to full_name\n\n`0002_m`\n\n- creates the table a (id)',
    )
  })

  test('leaves out what goes without saying of a new table', () => {
    const columns = Array.from({ length: 13 }, (_, i) => `c${i} integer`).join(', ')
    const sql = `CREATE TABLE a (id integer PRIMARY KEY, u integer REFERENCES users (id));
      CREATE INDEX a_u ON a (u); CREATE TABLE b (${columns}); CREATE INDEX users_age ON users (age);`
    expect(
      section(text([sql]), 'What changes')
        .split('\n')
        .slice(2),
    ).toEqual([
      '- creates the table a (id, u)',
      '- adds the foreign key from a.u to users',
      '- creates the table b (13 columns)',
      '- builds the index users_age on users',
    ])
  })

  test('says whether downtime is to be expected, draws the locks and lists them', () => {
    const locks = section(
      text(['ALTER TABLE users ALTER COLUMN age SET DATA TYPE bigint;\nSELECT 1;']),
      'Downtime and locks',
    )
    expect(locks).toMatch(/^Expect downtime: reads and writes wait/)
    expect(locks).toContain(
      '- Nobody reads or writes users from statement 1 to the end, while users is rewritten.',
    )
    expect(locks).toContain('```mermaid\ngantt\n')
    expect(locks).toContain(
      '| `users` | nobody reads or writes | `ACCESS EXCLUSIVE` | 1 to 2 | a rewrite |',
    )
    expect(locks).toContain('1. `ALTER TABLE users ALTER COLUMN age SET DATA TYPE bigint`')
  })

  test('says what of the code that runs meanwhile breaks, and which statement fails', () => {
    const downtime = section(
      text([
        'ALTER TABLE users DROP COLUMN name;',
        'ALTER TABLE users ADD COLUMN a text; ALTER TABLE users RENAME COLUMN a TO b;',
        'ALTER TABLE users ADD COLUMN c text NOT NULL;',
      ]),
      'Downtime and locks',
    )
    const lines = downtime.split('\n').filter((line) => line.startsWith('- '))
    expect(lines).toEqual([
      expect.stringMatching(/^- Statement 4 is expected to fail \(.*null values\)\.$/),
      '- Code of the previous release that still names users.name fails until it is replaced.',
    ])
  })

  test('has no chart where nothing is locked', () => {
    const locks = section(text(['CREATE TABLE a (id integer);']), 'Downtime and locks')
    expect(locks).toMatch(/^No downtime from locks/)
    expect(locks).not.toContain('mermaid')
  })

  test('shows what was accepted, with the reason', () => {
    const findings = [finding({ suppressed: { reason: 'unused since v42' } })]
    const accepted = section(text(['SELECT 1;'], { findings }), 'Accepted')
    expect(accepted).toBe('- `drop-column` `users.email` `0004_shiny_vision`: unused since v42')
  })

  test('says what is to be done by hand, before and after', () => {
    const markdown = text([
      'CREATE INDEX IF NOT EXISTS users_age ON users (age);',
      'ALTER TABLE users ADD CONSTRAINT old CHECK (age > 0) NOT VALID;',
    ])
    const steps = section(markdown, 'By hand').split('\n')
    expect(steps).toEqual([
      expect.stringContaining('- Before: Build the index users_age on users concurrently'),
      expect.stringContaining('- After: Validate the constraint old of users'),
    ])
  })

  test('plans the way back, and says plainly what is gone', () => {
    const rollback = section(
      text([
        'ALTER TABLE users DROP COLUMN name;',
        'DELETE FROM users;',
        'CREATE TABLE a (b text);',
      ]),
      'Rollback',
    )
    expect(rollback).toContain('If a statement fails, everything is rolled back')
    expect(rollback).toContain('- what the DELETE of users has deleted')
    expect(rollback).toContain(
      '```sql\nDROP TABLE "a";\nALTER TABLE "users" ADD COLUMN "name" text;\n```',
    )
    expect(rollback).toContain(
      '- the data of users.name is gone, and it comes back without NOT NULL',
    )
  })

  test('says so where nothing is pending', () => {
    const nothing = report(result({ counts: { migrationsJudged: 0 } }), formatOptions())
    expect(nothing).toBe(
      '### Database migrations\n\n**nothing found**\n\n<sub>No migration is pending, compared with origin/main.</sub>  \n',
    )
  })

  test('fits where there is little room, and says what is left out', () => {
    const many = Array.from({ length: 300 }, (_, i) => finding({ object: `users.c${i}` }))
    const short = report(pending(['SELECT 1;'], { findings: many }), formatOptions(), 60_000)
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(60_000)
    expect(short).toMatch(/… and \d+ more blocks: the log of the run has all of it\./)
  })
})

describe('the page', () => {
  test('says the same, and loads nothing', () => {
    const all = pending(['ALTER TABLE users ALTER COLUMN age SET DATA TYPE bigint;'], {
      findings: [finding()],
    })
    const html = page(all, formatOptions())
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).toContain('Expect downtime')
    expect(html).toContain('<svg ')
    expect(html).toContain('changes users.age from integer to bigint')
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(/i)
    expect([...html.matchAll(/https?:\/\/[^"]+/g)].map(([url]) => url)).toEqual([
      'https://github.com/migration-lint/migration-lint/blob/main/docs/rules/drop-column.md',
    ])
  })
})

describe('names are names', () => {
  test.each(MARKUP.filter((name) => !name.includes('\uffff')))('%j', (name) => {
    const quoted = `"${name.replaceAll('"', '""').slice(0, 60)}"`
    const all = pending([`CREATE TABLE ${quoted} (id integer);`, `DROP TABLE ${quoted};`], {
      findings: [
        finding({ object: name, message: name, help: name, suppressed: { reason: name } }),
      ],
    })
    const markup = marked.parse(report(all, formatOptions()))
    const known =
      'p|h[34]|sub|strong|code|pre|ul|ol|li|br|table|thead|tbody|tr|t[hd]|details|summary|hr'
    expect(markup).not.toMatch(
      new RegExp(`<(?!/?(?:${known})\\b|a href="https://github\\.com/migration-lint/|/a>)`),
    )
    const html = page(all, formatOptions())
    expect(html).not.toMatch(/<script|<img|onerror=(?!alert\(1\)&gt;)/)
    expect(html).not.toContain('href="https://evil')
  })
})
