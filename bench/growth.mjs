// How cost grows: projects that have 500 to 10,000 of one thing, judged from a bare start.
// npm run bench -- growth [dimension …]; fails where an exponent exceeds 1.4 or 500 MB are not enough.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { writeJournal } from './fixture.mjs'
import { DIMENSIONS } from './growthDimensions.mjs'

const SIZES = (process.env.BENCH_SIZES ?? '500,2000,10000').split(',').map(Number)
/** An exponent that is measured on a shared machine is rarely exact. */
const LIMIT = 1.4
const MEGABYTES = 500
/** What a bare start's noise may be taken for growth of. */
const SECONDS_THAT_COUNT = 0.15
const MINUTES = 3

/**
 * Measures the growth of cost in every dimension.
 *
 * @param cli - the command line's file
 * @param say - takes each line of the table
 * @param wanted - names of dimensions; all if there is none
 * @returns the dimensions that grow too fast or need too much
 */
export function measureGrowth(cli, say, wanted = []) {
  const bare = Math.min(...Array.from({ length: 5 }, () => judge(['-e', '0'], tmpdir()).seconds))
  say(`| CPU s over \`node -e 0\` | ${SIZES.join(' | ')} | exponent | MB |`)
  say(`|---|${SIZES.map(() => '--:|').join('')}--:|--:|`)
  const missed = []
  for (const [name, write] of Object.entries(DIMENSIONS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const runs = []
    for (const size of SIZES) {
      const run = attempt(() => measureOne(cli, write(size)))
      runs.push({ ...run, size, seconds: Math.max(0.001, run.seconds - bare) })
      if (run.failed) break
    }
    const last = runs.at(-1)
    const before = runs.at(-2) ?? last
    const ratio = last.seconds / before.seconds
    const exponent = Math.log(ratio) / Math.log(last.size / before.size)
    const memory = Math.max(...runs.map(({ megabytes }) => megabytes))
    const failed = runs.find((run) => run.failed)
    const grows = last.seconds > SECONDS_THAT_COUNT && exponent > LIMIT
    if (grows || failed || memory > MEGABYTES) missed.push(name)
    const cells = SIZES.map((_, i) =>
      runs[i] ? (runs[i].failed ?? runs[i].seconds.toFixed(2)) : '–',
    )
    say(`| ${name} | ${cells.join(' | ')} | ${failed ? '–' : exponent.toFixed(2)} | ${memory} |`)
  }
  return missed
}

/**
 * One deployment of so many tables with a key and an index each.
 *
 * @param {string} cli
 * @param {string} node
 * @param {number} count
 * @returns {{ wall: number; megabytes: number }} seconds, and the most memory
 * @throws Error where it cannot be judged
 */
export function measureTables(cli, node, count) {
  const run = measureOne(cli, DIMENSIONS['tables, keys and indexes'](count), node)
  if (run.failed) throw new Error(run.failed)
  return run
}

/** What a dimension fails on, its row says; the others are measured all the same. */
function attempt(measure) {
  try {
    return measure()
  } catch (error) {
    return { seconds: 0, megabytes: 0, failed: error.message.split('\n')[0] }
  }
}

function measureOne(cli, project, node = process.execPath) {
  const root = mkdtempSync(path.join(tmpdir(), 'migration-lint-growth-'))
  try {
    write(root, project)
    // Machine's form: neither the terminal's width nor colours are part of the question.
    return judge([cli, ...project.args, '--format', 'json'], root, node)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** CPU seconds of one run with its children, and the most memory of the program itself. */
function judge(args, cwd, node = process.execPath) {
  const folder = mkdtempSync(path.join(tmpdir(), 'migration-lint-peak-'))
  const env = { ...process.env, BENCH_PEAK: path.join(folder, 'peak') }
  // With it, Node 20 reads every root certificate at its start.
  delete env.NODE_EXTRA_CA_CERTS
  try {
    const started = process.hrtime.bigint()
    const timed = spawnSync(
      'bash',
      ['-c', '"$@" >/dev/null; code=$?; times; exit $code', 'growth', node, ...args],
      {
        cwd,
        encoding: 'utf8',
        timeout: MINUTES * 60_000,
        killSignal: 'SIGKILL',
        maxBuffer: 1e9,
        env: { ...env, NODE_OPTIONS: `--require ${path.join(import.meta.dirname, 'peak.cjs')}` },
      },
    )
    const wall = Number(process.hrtime.bigint() - started) / 1e9
    if (timed.signal) return { seconds: MINUTES * 60, megabytes: 0, failed: `> ${MINUTES} min` }
    // 1: something was found.
    if (timed.status > 1) {
      const [first = ''] = timed.stderr.trim().split('\n')
      return { seconds: 0, megabytes: 0, failed: `exit ${timed.status}: ${first}` }
    }
    const seconds = [
      ...(timed.stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g),
    ].reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0)
    const megabytes = Number(readFileSync(path.join(folder, 'peak'), 'utf8'))
    return { seconds, wall, megabytes }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function write(root, { migrations = [], snapshots = false, projects = 0, files = 0, config }) {
  writeFileSync(path.join(root, 'package.json'), '{"private":true}\n')
  if (config) writeFileSync(path.join(root, 'migration-lint.config.json'), JSON.stringify(config))
  for (let i = 0; i < projects; i++) {
    writeProject(path.join(root, `packages/p${i}`), ['CREATE TABLE "t" ("id" integer);\n'], false)
  }
  if (projects === 0) writeProject(root, migrations, snapshots)
  for (let i = 0; i < files; i++) {
    const folder = path.join(root, `app/${i % 100}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, `${i}.ts`), `export const n = ${i}\n`)
  }
  execFileSync('git', ['init', '-q'], { cwd: root })
}

function writeProject(root, migrations, snapshots) {
  const meta = path.join(root, 'drizzle/meta')
  mkdirSync(meta, { recursive: true })
  writeFileSync(
    path.join(root, 'drizzle.config.ts'),
    "export default { dialect: 'postgresql', out: './drizzle' }\n",
  )
  const tags = migrations.map((_, i) => `${String(i).padStart(4, '0')}_step`)
  for (const [i, tag] of tags.entries()) {
    writeFileSync(path.join(root, 'drizzle', `${tag}.sql`), migrations[i])
    if (snapshots) {
      writeFileSync(path.join(meta, `${tag.slice(0, -5)}_snapshot.json`), snapshot(i))
    }
  }
  writeJournal(path.join(root, 'drizzle'), tags)
}

function snapshot(i) {
  const id = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
  const column = (name, type, extra) => ({
    name,
    type,
    primaryKey: false,
    notNull: false,
    ...extra,
  })
  const columns = {
    id: column('id', 'integer', { primaryKey: true, notNull: true }),
    a: column('a', 'text'),
    b: column('b', 'integer'),
  }
  const nothing = {
    indexes: {},
    foreignKeys: {},
    compositePrimaryKeys: {},
    uniqueConstraints: {},
    policies: {},
    checkConstraints: {},
    isRLSEnabled: false,
  }
  return JSON.stringify(
    {
      id: id(i + 1),
      prevId: id(i),
      version: '7',
      dialect: 'postgresql',
      tables: { 'public.t0': { name: 't0', schema: '', columns, ...nothing } },
      enums: {},
      schemas: {},
      sequences: {},
      roles: {},
      policies: {},
      views: {},
      _meta: { columns: {}, schemas: {}, tables: {} },
    },
    null,
    2,
  )
}

if (process.argv[1] === import.meta.filename) {
  const cli = path.join(import.meta.dirname, '../dist/cli.cjs')
  const missed = measureGrowth(cli, console.log, process.argv.slice(2))
  if (missed.length > 0) {
    console.error(`grows too fast, or needs too much: ${missed.join(', ')}`)
    process.exitCode = 1
  }
}
