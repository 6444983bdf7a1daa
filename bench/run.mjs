// Measures start-up, the corpus, memory and growth, and writes bench/results/speed.md: npm run bench
// Growth alone, all of it or some dimensions: npm run bench -- growth [dimension …]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compareWithAims } from './aims.mjs'
import { addPending, createProject } from './fixture.mjs'
import { measureGrowth } from './growth.mjs'
import { compare, machine, peakMemory } from './measure.mjs'
import { supportedNodes } from './nodes.mjs'
import { measureSync } from './sync.mjs'

// With it Node 20 reads every root certificate at its start, which doubles the yardstick.
delete process.env.NODE_EXTRA_CA_CERTS

const repository = path.join(import.meta.dirname, '..')
const cli = installed()
const squawk = path.join(repository, 'node_modules/squawk-cli/js/bin/squawk')
const rounds = Number(process.env.BENCH_ROUNDS ?? 21)
const lines = ['# Speed', '', 'Made by `npm run bench`; medians of runs in turn, milliseconds.']
/** By the keys of the aims. */
const measured = new Map()
const [only, ...dimensions] = process.argv.slice(2)

if (only === 'growth') growth(dimensions)
else {
  for (const { major, file } of supportedNodes()) startUp(major, file)
  for (const line of measureSync(cli, Math.ceil(rounds / 2), measured)) say(line)
  commits()
  schemaFiles()
  await corpus()
  memory()
  aims()
  growth([])
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
  console.error(message)
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
    prepare: project === kept ? pending : forgotten,
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
      run('`--since`, history kept', kept, '--since', kept.last),
      run('`--since`, cold', cold, '--since', cold.last),
      run('`--staged`, history kept', kept, '--staged'),
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
  measured.set(`since ${major}`, multiple('`--since`, history kept'))
  measured.set(`staged ${major}`, multiple('`--staged`, history kept'))
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

/** The PostgreSQL folders of the corpus, in one run each. */
async function corpus() {
  const given = process.env.MIGRATION_LINT_CORPUS
  if (!given) return say('\nMIGRATION_LINT_CORPUS is not set; the corpus was not measured.')
  let root = given
  if (!statSync(given).isDirectory()) {
    root = mkdtempSync(path.join(tmpdir(), 'migration-lint-corpus-'))
    execFileSync('tar', ['xf', given, '-C', root])
    const [only] = readdirSync(root)
    if (readdirSync(root).length === 1) root = path.join(root, only)
  }
  const json = execFileSync(
    'sh',
    ['-c', `${process.execPath} ${cli} --all --only migration --format json || true`],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  )
  const report = JSON.parse(json)
  const { summary } = report
  // squawk gets the files that were judged here, and no others.
  const files = execFileSync(
    'sh',
    ['-c', `node ${path.join(repository, 'bench/start.mjs')} corpusFiles`],
    {
      encoding: 'utf8',
      env: { ...process.env, MIGRATION_LINT_CORPUS: root },
      maxBuffer: 1e9,
    },
  )
    .trim()
    .split('\n')
  const results = compare(
    [
      {
        name: '`migration-lint --all`',
        command: [process.execPath, cli, '--all', '--only', 'migration', '--format', 'json'],
        options: { cwd: root },
      },
      {
        name: 'squawk',
        command: [
          process.execPath,
          squawk,
          '--assume-in-transaction',
          '--reporter',
          'json',
          ...files,
        ],
        options: { cwd: root },
      },
    ],
    7,
  )
  const ours = results.get('`migration-lint --all`')
  const theirs = results.get('squawk')
  say()
  say(
    `## The SQL of the whole corpus, with --only migration: ${summary.migrationsJudged} PostgreSQL migrations, ${summary.statements} statements`,
  )
  say()
  say('| | wall | CPU | findings |')
  say('|---|--:|--:|--:|')
  const found = countSquawk(files, root)
  say(
    `| \`migration-lint --all\` | ${ours.wall.toFixed(0)} | ${ours.cpu.toFixed(0)} | ${report.findings.length} |`,
  )
  say(`| squawk 2.66.0 | ${theirs.wall.toFixed(0)} | ${theirs.cpu.toFixed(0)} | ${found} |`)
  say()
  say(`Wall time: ${(ours.wall / theirs.wall).toFixed(2)} × squawk's.`)
  say()
  const command = [process.execPath, cli, '--all', '--only', 'migration']
  const peak = peakMemory(command, { cwd: root })
  say(`Peak memory over the corpus: ${peak} MB.`)
  measured.set('corpus', ours.wall / theirs.wall)
  measured.set('corpus memory', peak)
}

function countSquawk(files, root) {
  const output = execFileSync(
    'sh',
    [
      '-c',
      '"$@" || true',
      'squawk',
      process.execPath,
      squawk,
      '--assume-in-transaction',
      '--reporter',
      'json',
      ...files,
    ],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1e9,
    },
  )
  return JSON.parse(output).length
}

function memory() {
  const root = mkdtempSync(path.join(tmpdir(), 'migration-lint-bench-'))
  const project = createProject(root, 100)
  addPending(project, 'memory')
  const small = peakMemory([process.execPath, cli, '--since', project.last], { cwd: root })
  const rows = Array.from(
    { length: 60000 },
    (_, index) => `(${index}, 'row number ${index} with some text to fill it up to size')`,
  )
  writeFileSync(
    path.join(project.out, '0100_pending.sql'),
    `CREATE TABLE "big" ("id" int, "t" text);\nINSERT INTO "big" VALUES ${rows.join(',\n')};\n`,
  )
  const large = peakMemory([process.execPath, cli, '--since', project.last], { cwd: root })
  say()
  say('## Peak memory')
  say()
  say('| | MB |')
  say('|---|--:|')
  say(`| \`node -e 0\` | ${peakMemory([process.execPath, '-e', 'setTimeout(()=>{},50)'])} |`)
  say(`| one pending migration on a history of 100 | ${small} |`)
  measured.set('memory', small)
  say(`| a pending migration of 4 MB | ${large} |`)
  remove(root)
}
