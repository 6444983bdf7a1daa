// One table against squawk and the Postgres Language Server over the truth rows:
// node bench/start.mjs peers <folder with node_modules of squawk-cli and @postgres-language-server/cli>
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rulebook } from '../rules/index.ts'
import { EMPTY_CATALOG } from '../src/catalog/catalog.ts'
import { loadEngine } from '../src/dialects/postgres/load.ts'
import { judgeDeployment, replayDeployment } from '../src/lint/judge.ts'
import type { TruthRow } from '../test/verify/trace/shared.ts'

const VERSION = 17
const [peers = '.'] = process.argv.slice(2)
const [base, ...measured] = readFileSync('test/fixtures/postgres-truth.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as TruthRow & { readonly base_sql?: string })
const rows = measured.filter(({ pg }) => pg[VERSION] !== undefined)
const folder = mkdtempSync(join(tmpdir(), 'peers-'))
mkdirSync(join(folder, 'sql'))
for (const { id, sql } of rows) writeFileSync(fileOf(id), `${sql.join(';\n')};\n`)

/** Style and timeouts, which no row asks for. */
const STYLE =
  /^(?:prefer|require-?(?:lock|statement|idle|timeout|enum|table-schema)|lockTimeout|ban-?char|identifier|transaction|creatingEnum|addPrimaryKeyUuid|unindexed-|update-every)/i

/** What they say of data and of running code is true of a brief statement too. */
const OF_DATA =
  /^(?:ban-?(?:drop|truncate|delete|update)|drop-|delete-|renam|cascading-|sequence-behind|multipleAlter|avoid(?:Drop|Truncate)|enum-)/i

/** Rule names by row. */
type Said = ReadonlyMap<string, readonly string[]>

const tools: readonly [name: string, said: () => Said][] = [
  ['migration-lint', () => ours],
  ['squawk 2.66.0', squawk],
  ['Postgres Language Server 0.25.5', languageServer],
]
const engine = await loadEngine()
let ours: Said = new Map()
console.log(
  '| | hazards caught | errors foretold | brief statements accused | findings per hazard | CPU s |',
)
console.log('|---|--:|--:|--:|--:|--:|')
for (const [name, run] of tools) {
  const before = process.cpuUsage()
  const start = performance.now()
  if (name === 'migration-lint') ours = judged()
  const said = run()
  const { user, system } = process.cpuUsage(before)
  const seconds =
    name === 'migration-lint' ? (user + system) / 1e6 : (performance.now() - start) / 1000
  const of = (cls: string) => rows.filter(({ pg }) => pg[VERSION]?.cls === cls)
  const flagged = (cls: string) => of(cls).filter(({ id }) => (said.get(id) ?? []).length > 0)
  const brief = [...of('brief-lock'), ...of('no-strong-lock')]
  const claims = (id: string) => (said.get(id) ?? []).filter((rule) => !OF_DATA.test(rule))
  const accused = brief.filter(({ id }) => claims(id).length > 0)
  const hits = [...flagged('long-work'), ...flagged('error')]
  const perHazard = hits.reduce((sum, { id }) => sum + (said.get(id) ?? []).length, 0) / hits.length
  console.log(
    `| ${name} | ${flagged('long-work').length}/${of('long-work').length} | ${flagged('error').length}/${of('error').length} | ${accused.length}/${brief.length} | ${perHazard.toFixed(2)} | ${seconds.toFixed(1)} |`,
  )
  if (process.argv.includes('--list')) {
    for (const { id } of accused) console.log(`  accused: ${id}: ${claims(id).join(', ')}`)
    for (const { id, pg } of rows) {
      const { cls } = pg[VERSION] ?? {}
      if ((cls === 'long-work' || cls === 'error') && !said.get(id)?.length) {
        console.log(`  missed: ${id} (${cls})`)
      }
    }
  }
}

function fileOf(id: string): string {
  return join(folder, 'sql', `${id}.sql`)
}

function judged(): Said {
  return new Map(
    rows.map((row) => {
      const transaction = row.nontx ? ('none' as const) : ('deployment' as const)
      const session = { version: VERSION, timezone: row.timezone, transaction }
      const source = (text: string, name: string) => ({ name, file: `${name}.sql`, text })
      const deployed = [base?.base_sql ?? '', ...(row.pre === null ? [] : [row.pre])].reduce(
        (catalog, text, i) =>
          replayDeployment({ engine, session }, catalog, [source(text, `d${i}`)]).after,
        EMPTY_CATALOG,
      )
      const judgement = {
        engine,
        session,
        rules: rulebook.migration,
        active: rulebook.migration.map((rule) => ({ rule, severity: null, options: {} })),
        acknowledged: [],
        smallTables: [],
        project: '.',
      }
      const text = row.sql.join('--> statement-breakpoint\n')
      const replayed = replayDeployment(judgement, deployed, [source(text, row.id)])
      const { findings } = judgeDeployment(judgement, replayed)
      return [row.id, findings.map(({ rule }) => rule).filter((rule) => !STYLE.test(rule))]
    }),
  )
}

function squawk(): Said {
  const { stdout } = spawnSync(
    join(peers, 'node_modules/.bin/squawk'),
    [
      '--reporter',
      'json',
      '--assume-in-transaction',
      '--pg-version',
      `${VERSION}`,
      join(folder, 'sql/*.sql'),
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28, shell: false },
  )
  const found = JSON.parse(stdout) as { file: string; rule_name: string }[]
  return byRow(
    found
      .filter(({ rule_name }) => !STYLE.test(rule_name))
      .map(({ file, rule_name }) => [file, rule_name]),
  )
}

function languageServer(): Said {
  writeFileSync(
    join(folder, 'postgres-language-server.jsonc'),
    JSON.stringify({ linter: { enabled: true, rules: { all: true } } }),
  )
  const { stdout, stderr } = spawnSync(
    join(peers, 'node_modules/.bin/postgres-language-server'),
    ['check', '--reporter=github', '--max-diagnostics=10000', join(folder, 'sql')],
    { encoding: 'utf8', maxBuffer: 1 << 28, cwd: folder },
  )
  const lines = `${stdout}\n${stderr}`.matchAll(/title=lint\/\w+\/(\w+),file=([^,]+),/g)
  return byRow(
    [...lines].flatMap(([, rule = '', file = '']) =>
      STYLE.test(rule) ? [] : [[file, rule] as const],
    ),
  )
}

function byRow(found: readonly (readonly [file: string, rule: string])[]): Said {
  const said = new Map<string, string[]>()
  for (const [file, rule] of found) {
    const id = /([^/]+)\.sql$/.exec(file)?.[1] ?? ''
    said.set(id, [...(said.get(id) ?? []), rule])
  }
  return said
}
