import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compare, machine, peakMemory } from './measure.mjs'
import { supportedNode } from './nodes.mjs'

const repository = path.join(import.meta.dirname, '..')
const squawk = path.join(repository, 'node_modules/squawk-cli/js/bin/squawk')
/** The project of the corpus with the longest history. */
const LONGEST = 'simstudioai+sim'

/**
 * Gives the corpus that MIGRATION_LINT_CORPUS names to something that measures it.
 *
 * @param {(root: string) => void} use
 * @throws Error where there is none
 */
export function withCorpus(use) {
  const given = process.env.MIGRATION_LINT_CORPUS
  if (!given) throw new Error('MIGRATION_LINT_CORPUS is not set')
  if (statSync(given).isDirectory()) return use(path.resolve(given))
  const folder = mkdtempSync(path.join(tmpdir(), 'migration-lint-corpus-'))
  try {
    execFileSync('tar', ['xf', given, '-C', folder])
    const [only] = readdirSync(folder)
    use(readdirSync(folder).length === 1 ? path.join(folder, only) : folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Judges the PostgreSQL folders of the corpus in one run, as squawk does the same files.
 *
 * @param {string} cli
 * @param {string} root - of the corpus
 * @param {(line?: string) => void} say
 * @param {Map<string, number>} measured - by the keys of the aims
 * @param {number} rounds
 */
export function measureCorpus(cli, root, say, measured, rounds) {
  const options = { cwd: root }
  const all = reportOf([process.execPath, cli, '--all', '--only', 'migration'], root)
  const postgres = all.projects.filter(({ dialect }) => dialect === 'postgresql')
  // What squawk does not read is no part of the comparison.
  const ours = [
    ...[cli, '--all', '--only', 'migration'],
    ...postgres.flatMap(({ name }) => ['--project', name]),
  ]
  const { summary, findings } = reportOf([process.execPath, ...ours], root)
  const files = execFileSync(
    process.execPath,
    [path.join(repository, 'bench/start.mjs'), 'corpusFiles'],
    { encoding: 'utf8', env: { ...process.env, MIGRATION_LINT_CORPUS: root }, maxBuffer: 1e9 },
  )
    .trim()
    .split('\n')
  const theirs = [squawk, '--assume-in-transaction', '--reporter', 'json', ...files]
  const node22 = supportedNode(22)
  const json = ['--format', 'json']
  const results = compare(
    [
      { name: '`node -e 0`', command: [process.execPath, '-e', '0'] },
      { name: '`migration-lint --all`', command: [process.execPath, ...ours, ...json], options },
      {
        name: '`migration-lint --all`, one core',
        command: ['taskset', '-c', '0', process.execPath, ...ours, ...json],
        options,
      },
      { name: '`migration-lint --all`, Node 22', command: [node22, ...ours, ...json], options },
      { name: 'squawk', command: [process.execPath, ...theirs], options },
    ],
    rounds,
  )
  const found = jsonOf([process.execPath, ...theirs], root).length
  const base = results.get('squawk').wall
  say(
    `\n## The SQL of the whole corpus, with --only migration: ${summary.migrationsJudged} PostgreSQL migrations, ${summary.statements} statements\n`,
  )
  say(`${machine()}; ${rounds} rounds. ${findings.length} findings, squawk's ${found}.\n`)
  say('| | wall | × squawk | CPU |')
  say('|---|--:|--:|--:|')
  for (const [name, { wall, cpu }] of results) {
    say(`| ${name} | ${wall.toFixed(0)} | ${(wall / base).toFixed(2)} | ${cpu.toFixed(0)} |`)
  }
  measured.set('corpus', results.get('`migration-lint --all`').wall / base)
  const peaks = [process.execPath, node22].map((node) => peakMemory([node, ...ours], options))
  const alone = peakMemory(['taskset', '-c', '0', node22, ...ours], options)
  say(
    `\nPeak memory: ${peaks[0]} MB; Node 22 ${peaks[1]} MB, and on one core (one thread) ${alone} MB.`,
  )
  measured.set('corpus memory', peaks[1])
}

/**
 * Judges the corpus's longest history, with all families, from a fresh process.
 *
 * @param {string} cli
 * @param {string} root - of the corpus
 * @param {(line?: string) => void} say
 * @param {Map<string, number>} measured - by the keys of the aims
 * @param {number} rounds
 */
export function measureSnapshots(cli, root, say, measured, rounds) {
  const cwd = path.join(root, LONGEST)
  const folder = mkdtempSync(path.join(tmpdir(), 'migration-lint-parse-'))
  try {
    const parse = path.join(folder, 'parse.mjs')
    writeFileSync(parse, PARSE)
    const node22 = supportedNode(22)
    const command = (node, ...more) => [node, cli, '--all', ...more]
    const results = compare(
      [
        { name: '`JSON.parse` of each snapshot', command: [process.execPath, parse, cwd] },
        { name: '`--all`', command: command(process.execPath), options: { cwd } },
        {
          name: '`--all`, one core',
          command: ['taskset', '-c', '0', ...command(process.execPath)],
          options: { cwd },
        },
        { name: '`--all`, Node 22', command: command(node22), options: { cwd } },
        {
          name: '`--all --only history`',
          command: command(process.execPath, '--only', 'history'),
          options: { cwd },
        },
      ],
      rounds,
    )
    say('\n## A history of 298 snapshots, fresh process\n')
    say(`${machine()}; ${rounds} rounds.\n`)
    say('| | wall | CPU |')
    say('|---|--:|--:|')
    for (const [name, { wall, cpu }] of results) {
      say(`| ${name} | ${wall.toFixed(0)} | ${cpu.toFixed(0)} |`)
    }
    measured.set('snapshots', results.get('`--all`').wall / 1000)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const PARSE = `import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
const entries = readdirSync(process.argv[2], { recursive: true, withFileTypes: true })
for (const entry of entries) {
  if (entry.name.endsWith('_snapshot.json')) JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}
`

/** What a command writes to standard output as JSON; that it found something is no failure. */
function jsonOf([command, ...args], cwd) {
  const folder = mkdtempSync(path.join(tmpdir(), 'migration-lint-json-'))
  const file = path.join(folder, 'out.json')
  try {
    execFileSync('bash', ['-c', '"$@" > "$0" || [ $? -eq 1 ]', file, command, ...args], { cwd })
    return JSON.parse(readFileSync(file, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function reportOf(command, cwd) {
  return jsonOf([...command, '--format', 'json'], cwd)
}
