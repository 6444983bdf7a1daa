// Measures whole commits with and without the guard: npm run build && node bench/commit.mjs
// npm run bench has it measure the package as it is installed (BENCH_PACKAGE).
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createProject, writeJournal } from './fixture.mjs'
import { compare, machine } from './measure.mjs'

const repository = path.join(import.meta.dirname, '..')
const guard = process.env.BENCH_PACKAGE ?? repository
delete process.env.NODE_EXTRA_CA_CERTS
const rounds = Number(process.env.BENCH_ROUNDS ?? 21)
const files = Number(process.env.BENCH_FILES ?? 2000)
const LINE = 'sh node_modules/migration-lint/hooks/pre-commit'
const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'b',
  GIT_AUTHOR_EMAIL: 'b@x',
  GIT_COMMITTER_NAME: 'b',
  GIT_COMMITTER_EMAIL: 'b@x',
}

let salt = 100000
const made = []

/** A project with a history of 100 migrations and many other files, its hooks installed. */
function checkout(name, install) {
  const root = mkdtempSync(path.join(tmpdir(), `migration-lint-commit-${name}-`))
  made.push(root, `${root}.git`)
  mkdirSync(path.join(root, 'app'))
  for (let i = 0; i < files; i++) {
    const folder = path.join(root, `app/${i % 50}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, `${i}.ts`), `export const n = ${i}\n`)
  }
  // The comparison of schemas has a measurement of its own.
  writeFileSync(path.join(root, 'migration-lint.config.json'), '{ "sync": "off" }\n')
  writeFileSync(path.join(root, '.gitignore'), 'node_modules\n.husky/_\n')
  const project = createProject(root, 100)
  mkdirSync(path.join(root, 'node_modules/.bin'), { recursive: true })
  symlinkSync(path.join(guard, 'dist/cli.cjs'), path.join(root, 'node_modules/.bin/migration-lint'))
  symlinkSync(guard, path.join(root, 'node_modules/migration-lint'))
  install?.(root)
  const irrelevant = () => {
    writeFileSync(path.join(root, 'app/0/0.ts'), `export const n = ${salt++}\n`)
    project.git('add', '-A')
  }
  irrelevant()
  execFileSync('git', ['commit', '-q', '-m', 'first'], { cwd: root, env: environment })
  const migration = () => {
    const sql = `ALTER TABLE "table_3" ADD COLUMN "note_${salt++}" text;\n`
    writeFileSync(path.join(project.out, '0100_pending.sql'), sql)
    writeJournal(project.out, [...project.tags, '0100_pending'])
    project.git('add', '-A')
  }
  return { root, irrelevant, migration }
}

const commit = (name, { root }, prepare) => ({
  name,
  prepare,
  command: ['git', 'commit', '-q', '-m', 'x'],
  options: { cwd: root, env: environment },
})

function hookFile(text) {
  return (root) => {
    const file = path.join(root, '.git/hooks/pre-commit')
    writeFileSync(file, text)
    chmodSync(file, 0o755)
  }
}

function husky(line) {
  return (root) => {
    mkdirSync(path.join(root, '.husky'))
    writeFileSync(path.join(root, '.husky/pre-commit'), `${line}\n`)
    execFileSync(process.execPath, [path.join(repository, 'node_modules/husky/bin.js')], {
      cwd: root,
    })
  }
}

const plain = hookFile(`#!/bin/sh\nexec ${LINE}\n`)
const none = checkout('none')
const bare = checkout('plain', plain)
const forgetful = checkout('forgetful', plain)
const withHusky = checkout('husky', husky(LINE))
const asCommand = checkout('command', husky('migration-lint --staged'))
const emptyHusky = checkout('true', husky('true'))
const forget = () => {
  rmSync(path.join(forgetful.root, '.git/migration-lint.paths'), { force: true })
  forgetful.irrelevant()
}
// What is staged by one case must not be committed by another: each has a checkout of its own.
const sqlNone = checkout('sql-none')
const sql = checkout('sql', plain)
const sqlHusky = checkout('sql-husky', husky(LINE))

const results = compare(
  [
    { name: '`node -e 0`', command: [process.execPath, '-e', '0'] },
    commit('irrelevant, no hooks', none, none.irrelevant),
    commit('irrelevant, the hook', bare, bare.irrelevant),
    commit('irrelevant, the hook, no list yet', forgetful, forget),
    commit('irrelevant, husky doing nothing', emptyHusky, emptyHusky.irrelevant),
    commit('irrelevant, husky and the hook', withHusky, withHusky.irrelevant),
    commit('irrelevant, husky and `migration-lint --staged`', asCommand, asCommand.irrelevant),
    commit('only an SQL file, no hooks', sqlNone, sqlNone.migration),
    commit('only an SQL file, the hook', sql, sql.migration),
    commit('only an SQL file, husky and the hook', sqlHusky, sqlHusky.migration),
  ],
  rounds,
)
console.log(`\n${machine()}; ${files} other files, ${rounds} rounds, medians.\n`)
console.log('| `git commit` | CPU | wall | + |\n|---|--:|--:|--:|')
for (const [name, { cpu, wall }] of results) {
  const floor = results.get(
    name.startsWith('only') ? 'only an SQL file, no hooks' : 'irrelevant, no hooks',
  )
  const more = name.startsWith('`node') ? '' : (wall - floor.wall).toFixed(0)
  console.log(`| ${name} | ${cpu.toFixed(0)} | ${wall.toFixed(0)} | ${more} |`)
}
for (const folder of made) rmSync(folder, { recursive: true, force: true })
