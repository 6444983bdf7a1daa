// `--staged` in a project for SQLite beside one for PostgreSQL, in turn: node bench/sqliteSpeed.mjs [rounds]
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { addPending, createProject } from './fixture.mjs'
import { compare, machine } from './measure.mjs'

const rounds = Number(process.argv[2] ?? 15)
const cli = path.join(import.meta.dirname, '../dist/cli.cjs')
const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'migration-lint-bench-'))
const cases = ['postgresql', 'sqlite'].map((dialect) => {
  const project = createProject(path.join(folder, dialect), 100, dialect)
  const command = [process.execPath, cli, '--staged', '--only', 'migration,history']
  const prepare = (round) => addPending(project, round)
  return { name: dialect, command, options: { cwd: project.root }, prepare }
})
const results = compare(
  [...cases, { name: 'node -e 0', command: [process.execPath, '-e', '0'] }],
  rounds,
)
const [postgres, sqlite, bare] = ['postgresql', 'sqlite', 'node -e 0'].map((name) =>
  results.get(name),
)
const ms = (number) => number.toFixed(0)
console.log(machine())
console.log(
  `CPU, median of ${rounds}, in ms: PostgreSQL ${ms(postgres.cpu)}, SQLite ${ms(sqlite.cpu)}, node -e 0 ${ms(bare.cpu)}`,
)
console.log(
  `SQLite / PostgreSQL ${(sqlite.cpu / postgres.cpu).toFixed(2)}, ${ms(postgres.cpu - sqlite.cpu)} ms less`,
)
rmSync(folder, { recursive: true })
