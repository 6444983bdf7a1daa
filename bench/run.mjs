// Measures start-up, the corpus, memory and growth, and writes bench/results/speed.md: npm run bench
// Growth alone, all of it or some dimensions: npm run bench -- growth [dimension …]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compareWithAims } from './aims.mjs'
import { measureCorpus, measureSnapshots, withCorpus } from './corpusSpeed.mjs'
import { addPending, createProject } from './fixture.mjs'
import { measureGrowth, measureTables } from './growth.mjs'
import { compare, machine, median, peakMemory } from './measure.mjs'
import { MAJORS, supportedNode } from './nodes.mjs'
import { measureSync } from './sync.mjs'

// With it Node 20 reads every root certificate at its start, which doubles the yardstick.
delete process.env.NODE_EXTRA_CA_CERTS

const repository = path.join(import.meta.dirname, '..')
const squawk = path.join(repository, 'node_modules/squawk-cli/js/bin/squawk')
const rounds = Number(process.env.BENCH_ROUNDS ?? 15)
const lines = ['# Speed', '', 'Made by `npm run bench`; medians of runs in turn, milliseconds.']
/** By the keys of the aims. */
const measured = new Map()
const failures = []
const [only, ...dimensions] = process.argv.slice(2)
const started = Date.now()
const cli = installed()

if (only === 'growth') step('growth', () => growth(dimensions))
else {
  for (const major of MAJORS) {
    step(`one pending migration, Node ${major}`, () => startUp(major, supportedNode(major)))
  }
  for (const [major, sizes] of [
    [20, [3, 60]],
    [22, [60]],
  ]) {
    step(`a schema edit, Node ${major}`, () => {
      const node = supportedNode(major)
      const table = measureSync(cli, Math.ceil(rounds / 2), measured, node, sizes)
      for (const line of table) say(line)
    })
  }
  step('whole commits', commits)
  step('the ESLint rules', schemaFiles)
  const some = Math.ceil(rounds / 2)
  step('the corpus', () => withCorpus((root) => measureCorpus(cli, root, say, measured, some)))
  step('298 snapshots', () =>
    withCorpus((root) => measureSnapshots(cli, root, say, measured, some)),
  )
  step('memory', memory)
  step('5,500 tables', tables)
  step('the aims', aims)
  step('growth', () => growth([]))
  say(`\nMeasured in ${((Date.now() - started) / 60_000).toFixed(0)} minutes.`)
  for (const failure of failures) say(`\n**${failure}**`)
  keep()
}
for (const failure of failures) console.error(failure)
rmSync(path.join(path.dirname(cli), '../../..'), { recursive: true, force: true })

/** Measures one thing; where that fails, it is said, and the others are measured all the same. */
function step(name, measure) {
  console.error(`${((Date.now() - started) / 60_000).toFixed(1)} min: ${name}`)
  try {
    measure()
  } catch (error) {
    fail(`${name} could not be measured: ${error.message.split('\n')[0]}`)
  }
  if (only === undefined) keep()
}

/** Leaves what is measured by now: a run that is stopped has measured something, too. */
function keep() {
  writeFileSync(path.join(import.meta.dirname, 'results/speed.md'), `${lines.join('\n')}\n`)
}

function aims() {
  const { lines: table, lost } = compareWithAims(measured)
  say('\n## Aims\n')
  for (const line of table) say(line)
  if (lost.length > 0) fail(`reached before, and missed by more than a quarter: ${lost.join('; ')}`)
}

function growth(wanted) {
  say('\n## Growth\n')
  const missed = measureGrowth(cli, say, wanted)
  if (missed.length > 0) fail(`grows too fast, or needs too much: ${missed.join(', ')}`)
}

function fail(message) {
  failures.push(message)
  process.exitCode = 1
}

/** The command as a user has it: packed, and installed in a project. */
function installed() {
  const project = mkdtempSync(path.join(tmpdir(), 'migration-lint-installed-'))
  const npm = (cwd, ...args) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const [{ filename }] = JSON.parse(
    npm(repository, 'pack', '--ignore-scripts', '--json', '--pack-destination', project),
  )
  writeFileSync(path.join(project, 'package.json'), '{ "private": true }')
  npm(
    project,
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    `./${filename}`,
  )
  return path.join(project, 'node_modules/migration-lint/dist/cli.cjs')
}

function say(line = '') {
  lines.push(line)
  console.log(line)
}

function startUp(major, node) {
  // Two checkouts: what is cold must not make the other one cold too.
  const [kept, cold] = ['kept', 'cold'].map((name) => {
    const root = mkdtempSync(path.join(tmpdir(), `migration-lint-bench-${name}-`))
    return createProject(root, 100)
  })
  let salt = 0
  const pending = () => addPending(kept, `n${salt++}`)
  const forgotten = () => {
    addPending(cold, `n${salt++}`)
    rmSync(path.join(cold.root, '.git/migration-lint'), { recursive: true, force: true })
  }
  pending()
  const file = path.join(kept.out, '0100_pending.sql')
  const run = (name, project, ...args) => ({
    name,
    prepare: project === cold ? forgotten : name.endsWith('again') ? undefined : pending,
    command: [node, cli, ...args],
    options: { cwd: project.root },
  })
  const results = compare(
    [
      { name: '`node -e 0`', command: [node, '-e', '0'] },
      {
        name: "squawk-cli's wrapper, the pending file alone",
        command: [node, squawk, file],
        prepare: pending,
      },
      run('`migration-lint --version`', kept, '--version'),
      run('`--since`, history kept, a new migration', kept, '--since', kept.last),
      run('`--since`, the same again', kept, '--since', kept.last),
      run('`--since`, cold', cold, '--since', cold.last),
      run('`--staged`, history kept, a new migration', kept, '--staged'),
      run('`--staged`, the same again', kept, '--staged'),
      run('`--staged`, cold', cold, '--staged'),
      run('working directory against main', kept),
    ],
    rounds,
  )
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const base = results.get('`node -e 0`')
  say()
  say(`## One pending migration on a history of 100, ${version}`)
  say()
  say(`${machine()}; ${rounds} rounds.`)
  say()
  say('| command | CPU | × node | wall | × node |')
  say('|---|--:|--:|--:|--:|')
  for (const [name, { cpu, wall }] of results) {
    say(
      `| ${name} | ${cpu.toFixed(0)} | ${(cpu / base.cpu).toFixed(2)} | ${wall.toFixed(0)} | ${(wall / base.wall).toFixed(2)} |`,
    )
  }
  const multiple = (name) => results.get(name).cpu / base.cpu
  for (const name of ['since', 'staged']) {
    measured.set(`${name} ${major}`, multiple(`\`--${name}\`, the same again`))
    measured.set(`new ${name} ${major}`, multiple(`\`--${name}\`, history kept, a new migration`))
  }
  for (const { root } of [kept, cold]) remove(root)
}

function remove(root) {
  for (const folder of [root, `${root}.git`]) rmSync(folder, { recursive: true, force: true })
}

/** Whole commits, with hooks and without. */
function commits() {
  say('\n## Whole commits')
  const env = {
    ...process.env,
    BENCH_ROUNDS: String(Math.ceil(rounds / 2)),
    BENCH_PACKAGE: path.join(path.dirname(cli), '..'),
  }
  const output = execFileSync(process.execPath, [path.join(repository, 'bench/commit.mjs')], {
    encoding: 'utf8',
    env,
  })
  say(`\n${output.trim()}`)
  const [, more] = /irrelevant, the hook \|.*\| (-?\d+) \|/.exec(output) ?? []
  if (more !== undefined) measured.set('irrelevant', Number(more))
}

/** What the ESLint rules add to a schema file of 5,000 lines. */
function schemaFiles() {
  say('\n## The ESLint rules on a schema file')
  const output = execFileSync(
    process.execPath,
    [path.join(repository, 'bench/start.mjs'), 'schemaSpeed'],
    { encoding: 'utf8' },
  )
  say(`\n${output.trim()}`)
}

function memory() {
  const root = mkdtempSync(path.join(tmpdir(), 'migration-lint-bench-'))
  try {
    const project = createProject(root, 100)
    say('\n## Peak memory\n')
    say('| | Node 20, MB | Node 22, MB |')
    say('|---|--:|--:|')
    const nodes = [20, 22].map(supportedNode)
    const row = (what, ...args) => {
      const peaks = nodes.map((node) => peakMemory([node, ...args], { cwd: root }))
      say(`| ${what} | ${peaks.join(' | ')} |`)
      return peaks[1]
    }
    row('`node -e 0`', '-e', 'setTimeout(()=>{},50)')
    const since = [cli, '--since', project.last]
    addPending(project, 'memory')
    measured.set('memory', row('one pending migration on a history of 100', ...since))
    const rows = Array.from(
      { length: 60000 },
      (_, index) => `(${index}, 'row number ${index} with some text to fill it up to size')`,
    )
    writeFileSync(
      path.join(project.out, '0100_pending.sql'),
      `CREATE TABLE "big" ("id" int, "t" text);\nINSERT INTO "big" VALUES ${rows.join(',\n')};\n`,
    )
    row('a pending migration of 4 MB', ...since)
  } finally {
    remove(root)
  }
}

/** 5,500 tables, each with a key and an index, in one deployment. */
function tables() {
  const runs = Array.from({ length: 3 }, () => measureTables(cli, supportedNode(22), 5500))
  const wall = median(runs.map((run) => run.wall))
  const megabytes = median(runs.map((run) => run.megabytes))
  say(
    `\n5,500 tables, keys and indexes in one deployment, Node 22: ${wall.toFixed(2)} s, ${megabytes} MB.`,
  )
  measured.set('tables', wall)
  measured.set('tables memory', megabytes)
}
