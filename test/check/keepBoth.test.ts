import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Finding } from '../../src/finding/finding.ts'
import { builtCli } from '../built.ts'
import { type Files, generated, install, write } from '../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../drizzle/kit/scenarios.ts'
import { BASE, edit } from '../drizzle/kit/schemas.ts'
import { useRepositories } from '../git/fixtures.ts'
import { isolatedEnvironment, type Repository } from '../git/repository.ts'
import { checkIn } from './projects.ts'

// Two branches that both generated a migration, merged by keeping both.
const made = useRepositories()
const THEIRS = edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])
const OURS = edit(BASE, [`  displayName:`, `  bio: text('bio'),\n  displayName:`])
const BOTH = edit(THEIRS, [`  displayName:`, `  bio: text('bio'),\n  displayName:`])

let first: Files
let theirs: Files
let ours: Files

beforeAll(() => {
  builtCli()
  first = generated('0.31.11', BASE_PROJECT)
  theirs = generated('0.31.11', { ...BASE_PROJECT, ...first, 'schema.ts': THEIRS })
  ours = generated('0.31.11', { ...BASE_PROJECT, ...first, 'schema.ts': OURS })
})

const JOURNAL = 'drizzle/meta/_journal.json'
const SNAPSHOT = 'drizzle/meta/0001_snapshot.json'

interface Journal {
  entries: { idx: number; when: number; tag: string }[]
}

/** The migration that came with a folder. */
function entryOf(files: Files): Journal['entries'][number] {
  return (JSON.parse(files[JOURNAL]!) as Journal).entries[1]!
}

/** Main has theirs; a branch with ours merges it, and keeps both of everything. */
function merged(more: Files): Repository {
  const repo = made.create()
  install('0.31.11', repo.path)
  const base = { '.gitignore': 'node_modules\n', ...BASE_PROJECT, ...first }
  write(repo.path, base)
  repo.commit('base')
  repo.git('checkout', '--quiet', '-b', 'feature')
  write(repo.path, { 'schema.ts': OURS, ...ours })
  repo.commit('ours')
  repo.git('checkout', '--quiet', 'main')
  write(repo.path, { 'schema.ts': THEIRS, ...theirs })
  repo.commit('theirs')
  repo.git('checkout', '--quiet', 'feature')
  repo.git('merge', '--quiet', '--strategy=ours', 'main', '--message', 'merge')
  const journal = JSON.parse(first[JOURNAL]!) as Journal
  journal.entries.push(entryOf(theirs), { ...entryOf(ours), idx: 2 })
  write(repo.path, {
    ...theirs,
    ...ours,
    'schema.ts': BOTH,
    [JOURNAL]: JSON.stringify(journal, null, 2),
    ...more,
  })
  repo.git('add', '--all')
  return repo
}

async function findingsOf(repo: Repository): Promise<readonly Finding[]> {
  const { findings, problems } = await checkIn(repo.path, { kind: 'default' })
  expect(problems).toEqual([])
  return findings
}

/** Runs what a help prints, as sh does. */
function paste(repo: Repository, command: string): void {
  execFileSync('sh', ['-c', command], { cwd: repo.path, env: isolatedEnvironment() })
}

const REMAKE = /^Generate (\w+) again, on top of (\w+): (.*) \(what was written/

/** The one finding, whose command then leaves nothing to say. */
async function remakesOurs(repo: Repository, rule: string, tag = entryOf(ours).tag): Promise<void> {
  const [finding, ...more] = await findingsOf(repo)
  expect(more).toEqual([])
  expect(finding).toMatchObject({ rule, severity: 'error' })
  const [, own, other, command] = REMAKE.exec(finding!.help)!
  expect(own).toBe(tag)
  expect(other).toBe(entryOf(theirs).tag)
  paste(repo, command!)
  expect(await findingsOf(repo)).toEqual([])
  const journal = JSON.parse(readFileSync(join(repo.path, JOURNAL), 'utf8')) as Journal
  expect(journal.entries.map(({ idx }) => idx)).toEqual([0, 1, 2])
}

/** Ours as the third migration, in files of its own, generated from the first. */
function forked(): Files {
  const { tag } = entryOf(ours)
  const renamed = tag.replace('0001', '0002')
  const journal = JSON.parse(first[JOURNAL]!) as Journal
  journal.entries.push(entryOf(theirs), { ...entryOf(ours), idx: 2, tag: renamed })
  return {
    [SNAPSHOT]: theirs[SNAPSHOT]!,
    [`drizzle/${renamed}.sql`]: ours[`drizzle/${tag}.sql`]!,
    'drizzle/meta/0002_snapshot.json': ours[SNAPSHOT]!,
    [JOURNAL]: JSON.stringify(journal, null, 2),
  }
}

test.each([
  ['ours', () => ours],
  ['theirs', () => theirs],
])(
  'two migrations with one number and the snapshot of %s: one finding, with the commands',
  async (_, kept) => {
    await remakesOurs(merged({ [SNAPSHOT]: kept()[SNAPSHOT]! }), 'journal-index')
  },
)

test('two migrations generated from one state: one finding, with the commands', async () => {
  const repo = merged(forked())
  repo.git('rm', '-f', '--quiet', `drizzle/${entryOf(ours).tag}.sql`)
  await remakesOurs(repo, 'snapshot-fork', entryOf(ours).tag.replace('0001', '0002'))
})

test('where both are deployed, neither is touched: a warning that says how to join the snapshots', async () => {
  const repo = merged(forked())
  repo.git('rm', '-f', '--quiet', `drizzle/${entryOf(ours).tag}.sql`)
  repo.commit('both')
  repo.git('checkout', '--quiet', 'main')
  repo.git('merge', '--quiet', '--ff-only', 'feature')
  const [finding, ...more] = await findingsOf(repo)
  expect(more).toEqual([])
  expect(finding).toMatchObject({ rule: 'snapshot-fork', severity: 'warn' })
  const [, file, id, command] = /in (\S+) set "prevId" to "(\S+)", .* both: (.*)$/.exec(
    finding!.help,
  )!
  const snapshot = JSON.parse(readFileSync(join(repo.path, file!), 'utf8')) as object
  write(repo.path, { [file!]: JSON.stringify({ ...snapshot, prevId: id }, null, 2) })
  paste(repo, command!)
  repo.commit('joined')
  expect(await findingsOf(repo)).toEqual([])
  expect(generate(repo)).toMatch(/No schema changes/)
})

test('an entry that was moved to the end with its snapshot is whole', async () => {
  const repo = merged({})
  const journal = JSON.parse(first[JOURNAL]!) as Journal
  journal.entries.push(entryOf(theirs), { ...entryOf(ours), idx: 2, when: Date.now() })
  const snapshot = JSON.parse(ours[SNAPSHOT]!) as object
  const { id } = JSON.parse(theirs[SNAPSHOT]!) as { id: string }
  const both = JSON.parse(
    generated('0.31.11', { ...BASE_PROJECT, ...theirs, 'schema.ts': BOTH })[
      'drizzle/meta/0002_snapshot.json'
    ]!,
  ) as object
  write(repo.path, {
    [SNAPSHOT]: theirs[SNAPSHOT]!,
    'drizzle/meta/0002_snapshot.json': JSON.stringify({ ...both, ...pick(snapshot), prevId: id }),
    [JOURNAL]: JSON.stringify(journal, null, 2),
  })
  repo.git('add', '--all')
  const findings = await findingsOf(repo)
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringContaining('has index 2 in the journal but a different number in its name'),
  ])
})

function pick(snapshot: object): { id: unknown } {
  return { id: (snapshot as { id: unknown }).id }
}

function generate(repo: Repository): string {
  const kit = join(repo.path, 'node_modules/drizzle-kit/bin.cjs')
  const env = isolatedEnvironment()
  return execFileSync(process.execPath, [kit, 'generate'], {
    cwd: repo.path,
    env,
    encoding: 'utf8',
  })
}
