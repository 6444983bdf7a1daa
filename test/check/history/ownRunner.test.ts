import { describe, expect, test } from 'vitest'
import { useRepositories } from '../../git/fixtures.ts'
import { type Files, checkIn, writeFiles } from '../projects.ts'
import { type Entry, day, history } from './histories.ts'

const repositories = useRepositories()

const A: Entry = { tag: '0000_a' }
const LATE: Entry = { tag: '0001_b', when: day(-1) }

const RUNNER = `import { readdirSync, readFileSync } from 'node:fs'
const done = new Set((await client.query('select name from migrations')).rows.map((row) => row.name))
for (const file of readdirSync('drizzle').filter((name) => name.endsWith('.sql')).sort()) {
  if (!done.has(file)) await client.query(readFileSync('drizzle/' + file, 'utf8'))
}
`

/** What is said of a migration whose time is before that of a deployed one. */
async function said(files: Files): Promise<string[]> {
  const { path, git, commit } = repositories.create()
  writeFiles(path, { ...history([A]), ...files })
  commit('deployed')
  git('checkout', '--quiet', '-b', 'feature')
  writeFiles(path, history([A, LATE]))
  const { findings } = await checkIn(path, { kind: 'default' }, { only: ['history'] })
  return findings.map(({ rule, help }) => `${rule}: ${help}`)
}

const KEY = `migrator: 'by-name'`

describe('a project that applies migrations by a program of its own', () => {
  test.each([
    ['reads the folder', 'scripts/migrate.mjs', RUNNER],
    [
      'reads the journal',
      'src/db/index.ts',
      `import journal from '../../drizzle/meta/_journal.json'\nfor (const { tag } of journal.entries) await db.execute(sqlOf(tag))\n`,
    ],
  ])('that %s is told which key to set', async (_, path, text) => {
    const [one, ...more] = await said({ [path]: text })
    expect(one).toMatch(/^journal-order: /)
    expect(one).toContain(`${path} seems to apply the migrations by itself`)
    expect(one).toContain(`projects: [{ config: 'drizzle.config.ts', ${KEY} }]`)
    expect(more).toEqual([])
  })

  test.each([
    [
      "calls Drizzle's migrator",
      'scripts/migrate.ts',
      `import { migrate } from 'drizzle-orm/node-postgres/migrator'\n// _journal.json\nawait db.execute('select 1')\n`,
    ],
    [
      'only looks at it',
      'scripts/check.ts',
      `import journal from '../drizzle/meta/_journal.json'\n`,
    ],
  ])('that %s is not', async (_, path, text) => {
    const [one] = await said({ [path]: text })
    expect(one).not.toContain(KEY)
  })

  test('and says so is not bothered with times', async () => {
    const config = { projects: [{ config: 'drizzle.config.ts', migrator: 'by-name' }] }
    expect(await said({ 'migration-lint.config.json': JSON.stringify(config) })).toEqual([])
  })
})

describe('--since', () => {
  const old: readonly Entry[] = [
    { tag: '0000_gone', without: ['sql', 'snapshot'] },
    { tag: '0001_gone', without: ['sql', 'snapshot'], when: day(-3) },
    { tag: '0002_kept', when: day(-2), parent: '0001_gone' },
    { tag: '0003_gone', without: ['sql', 'snapshot'], when: day(-3) },
  ]

  test.each(['0002_kept', '0003_gone', '0000_gone'])(
    '%s: says nothing of it and what is before',
    async (tag) => {
      const { path } = repositories.create()
      writeFiles(path, history(old))
      const { findings, problems } = await checkIn(path, { kind: 'since', tag })
      expect(problems).toEqual([])
      const at = old.findIndex((entry) => entry.tag === tag)
      for (const { migration } of findings) {
        expect(old.findIndex((entry) => entry.tag === migration)).toBeGreaterThan(at)
      }
    },
  )

  test('the newest tag leaves nothing to say', async () => {
    const { path } = repositories.create()
    writeFiles(path, history(old))
    expect((await checkIn(path, { kind: 'since', tag: '0003_gone' })).findings).toEqual([])
    expect((await checkIn(path, { kind: 'all' })).findings).not.toEqual([])
  })
})
