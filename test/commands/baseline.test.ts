import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { baseline } from '../../src/commands/baseline.ts'
import { baselineText } from '../../src/report/baseline.ts'
import { useRepositories } from '../git/fixtures.ts'
import { isolatedEnvironment } from '../git/repository.ts'
import { day, history } from '../check/history/histories.ts'
import { checkIn, open, writeFiles, type Files } from '../check/projects.ts'

const repositories = useRepositories()

/** Two migrations of which the second is out of order and drops a column; a third is pending. */
const PAST = [
  { tag: '0000_a', sql: 'CREATE TABLE "a" ("id" int, "b" int);' },
  { tag: '0001_b', sql: 'ALTER TABLE "a" DROP COLUMN "b";', when: day(-1) },
]

function withPast(more: Files): string {
  const { path, commit, git } = repositories.create()
  writeFiles(path, { ...history(PAST), ...more })
  commit('past')
  git('checkout', '--quiet', '-b', 'feature')
  writeFiles(path, history([...PAST, { tag: '0002_c', when: day(-2) }]))
  return path
}

function run(cwd: string) {
  const selection = { kind: 'default' } as const
  return baseline({
    cwd,
    selection,
    projects: [],
    only: null,
    config: null,
    env: isolatedEnvironment(),
  })
}

function read(path: string, file: string): string {
  return readFileSync(join(path, file), 'utf8')
}

describe('migration-lint baseline', () => {
  test('sets aside what is deployed, lists it, and leaves the pending to be judged', async () => {
    const path = withPast({})
    const result = await run(path)
    expect(baselineText(result)).toBe(`\
drizzle.config.ts: 0001_b; sets aside 2 findings at or before it
     1  drop-column
     1  journal-order

Written to migration-lint.config.json. Later migrations are judged as before.
`)
    expect(JSON.parse(read(path, 'migration-lint.config.json'))).toEqual({
      projects: [{ config: 'drizzle.config.ts', baseline: '0001_b' }],
    })
    expect(open(await checkIn(path, { kind: 'all' }))).toEqual([
      'journal-order - drizzle/meta/_journal.json',
    ])
    expect((await checkIn(path)).problems).toEqual([])
  })

  test('can be said again', async () => {
    const path = withPast({})
    expect((await run(path)).projects).toEqual((await run(path)).projects)
  })

  test('keeps a JSON configuration as it is written', async () => {
    const path = withPast({
      'migration-lint.config.json':
        '{\n    "projects": [\n        { "config": "./drizzle.config.ts", "migrator": "per-file" }\n    ],\n    "rules": {}\n}\n',
    })
    await run(path)
    expect(read(path, 'migration-lint.config.json')).toBe(
      '{\n    "projects": [\n        { "config": "./drizzle.config.ts", "migrator": "per-file", "baseline": "0001_b" }\n    ],\n    "rules": {}\n}\n',
    )
  })

  test('writes into package.json where the configuration stands there', async () => {
    const path = withPast({
      'package.json': '{\n  "name": "x",\n  "migrationLint": {\n    "base": "main"\n  }\n}\n',
    })
    await run(path)
    expect(read(path, 'package.json')).toBe(`\
{
  "name": "x",
  "migrationLint": {
    "base": "main",
    "projects": [
      {
        "config": "drizzle.config.ts",
        "baseline": "0001_b"
      }
    ]
  }
}
`)
  })

  test('says what to write into a program, and does not touch it', async () => {
    const source = "export default { base: 'main' }\n"
    const path = withPast({ 'migration-lint.config.mjs': source })
    expect(baselineText(await run(path))).toContain(`\
projects: [
  { config: 'drizzle.config.ts', baseline: '0001_b' },
],`)
    expect(read(path, 'migration-lint.config.mjs')).toBe(source)
  })

  test('outside of git the last migration is the line', async () => {
    const path = repositories.folder()
    writeFiles(path, { ...history(PAST), 'package.json': '{}' })
    expect((await run(path)).projects).toMatchObject([{ baseline: '0001_b' }])
  })

  test('with nothing deployed there is nothing to set aside', async () => {
    const { path, commit, git } = repositories.create()
    commit('empty')
    git('checkout', '--quiet', '-b', 'feature')
    writeFiles(path, history(PAST))
    await expect(run(path)).rejects.toThrow('drizzle.config.ts has no deployed migration')
  })
})
