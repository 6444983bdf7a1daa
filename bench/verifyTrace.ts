// Compares what the public verify measures on the corpus with the trace of the same migrations:
// node bench/start.mjs verifyTrace [words in the project's name …]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { rulebook } from '../rules/index.ts'
import { check } from '../src/check/check.ts'
import { verifyMigrations } from '../src/check/verification/verifyMigrations.ts'
import { keptOutBy } from '../src/dialects/postgres/lockModes.ts'
import type { LockMode } from '../src/dialects/postgres/lockModes.ts'
import { type Exclusion, keepsOut } from '../src/dialects/effects.ts'
import type { Timeline } from '../src/dialects/timeline.ts'
import { isTold } from '../test/dialects/postgres/effects/model.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'
import { type TracedRow, readTraced } from './traceRows.ts'

/** What a migration does to tables that were there: whom it keeps out in the end, and what it rewrites. */
type Deeds = Readonly<Record<string, string>>

const words = process.argv.slice(2)
const totals = { migrations: 0, agree: 0, left: 0 }

for (const { name, migrations } of await corpusProjects(corpusFolder())) {
  const rows = readTraced().get(name)
  if (!rows || !words.every((word) => name.includes(word))) continue
  const timelines = await verified(migrations)
  for (const migration of migrations) {
    const own = rows.get(migration.name) ?? []
    const timeline = timelines.find(({ statements }) => statements[0]?.migration === migration.name)
    const isPlain = own.every(({ tx, err, hard, locks }) => tx && !err && !hard && locks)
    if (!timeline || !isPlain || own.length === 0) {
      totals.left++
      continue
    }
    totals.migrations++
    const [said, seen] = [traced(own, timeline), measured(timeline)].map((deeds) =>
      JSON.stringify(Object.entries(deeds).sort()),
    )
    if (said === seen) totals.agree++
    else console.log(`${name} ${migration.name}\n  trace  ${said}\n  verify ${seen}`)
  }
}
console.log(
  `${totals.agree} of ${totals.migrations} migrations do to every table what the trace has (${totals.left} failed, ended their transaction or did nothing in either).`,
)

async function verified(
  migrations: readonly { readonly name: string; readonly text: string }[],
): Promise<readonly Timeline[]> {
  const cwd = mkdtempSync(join(tmpdir(), 'migration-lint-bench-'))
  const entries = migrations.map(({ name: tag }, idx) => ({
    idx,
    when: idx + 1,
    tag,
    version: '7',
  }))
  const files = {
    'package.json': '{}',
    'drizzle.config.ts': `export default { dialect: 'postgresql', out: './drizzle' }`,
    'drizzle/meta/_journal.json': JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
    ...Object.fromEntries(migrations.map(({ name: tag, text }) => [`drizzle/${tag}.sql`, text])),
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }
  const options = {
    cwd,
    projects: [],
    only: ['migration'] as const,
    config: null,
    env: process.env,
  }
  const result = await check(
    { ...options, selection: { kind: 'all' } },
    rulebook,
    undefined,
    verifyMigrations({ patience: 600_000 }),
  )
  rmSync(cwd, { recursive: true })
  return result.timelines?.() ?? []
}

function measured({ tables }: Timeline): Deeds {
  return Object.fromEntries(
    tables.flatMap(({ name, locks, work }) => {
      const rewrites = work.some(({ kind }) => kind === 'rewrite')
      const deed = [locks.at(-1)?.keepsOut ?? '', rewrites ? 'rewritten' : ''].join(' ')
      return deed === ' ' ? [] : [[name, deed]]
    }),
  )
}

function traced(rows: readonly TracedRow[], { tables }: Timeline): Deeds {
  const held = new Map<string, Exclusion[]>()
  const rewritten = new Set(rows.flatMap(({ rewrite = [] }) => rewrite.map(plain)))
  for (const [relation, mode] of rows.flatMap(({ locks = {} }) => Object.entries(locks))) {
    const name = plain(relation)
    const spans = held.get(name) ?? []
    const whom = keptOutBy(mode as LockMode)
    const isStronger = spans.every((before) => !keepsOut({ keepsOut: before }, whom))
    if (isTold(mode) && isStronger) held.set(name, [...spans, whom])
  }
  // The trace names indexes and sequences too, which nobody waits for by themselves.
  const known = new Set(tables.map(({ name }) => name))
  const isTable = (name: string) =>
    known.has(name) || !/_(?:pkey|pk|key|idx|index|unique|seq)\d*$/.test(name)
  return Object.fromEntries(
    [...new Set([...held.keys(), ...rewritten])]
      .filter(isTable)
      .map((name) => [
        name,
        [held.get(name)?.at(-1) ?? '', rewritten.has(name) ? 'rewritten' : ''].join(' '),
      ]),
  )
}

function plain(name: string): string {
  return name.replace(/^public\./, '')
}
