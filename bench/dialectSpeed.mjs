// `--staged` in projects for SQLite and MySQL beside one for PostgreSQL, in turn: node bench/dialectSpeed.mjs [rounds]
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { addPending, createProject } from './fixture.mjs'
import { compare, machine } from './measure.mjs'

const rounds = Number(process.argv[2] ?? 15)
const cli = path.join(import.meta.dirname, '../dist/cli.cjs')
const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'migration-lint-bench-'))
const cases = ['postgresql', 'sqlite', 'mysql'].map((dialect) => {
  const project = createProject(path.join(folder, dialect), 100, dialect)
  const command = [process.execPath, cli, '--staged', '--only', 'migration,history']
  const prepare = (round) => addPending(project, round)
  return { name: dialect, command, options: { cwd: project.root }, prepare }
})
const results = compare(
  [...cases, { name: 'node -e 0', command: [process.execPath, '-e', '0'] }],
  rounds,
)
const cpu = (name) => results.get(name).cpu
const ms = (number) => number.toFixed(0)
console.log(machine())
console.log(
  `CPU, median of ${rounds}, in ms: ${[...results.keys()].map((name) => `${name} ${ms(cpu(name))}`).join(', ')}`,
)
for (const name of ['sqlite', 'mysql']) {
  const [own, other] = [cpu(name), cpu('postgresql')]
  console.log(`${name} / postgresql ${(own / other).toFixed(2)}, ${ms(other - own)} ms less`)
}
rmSync(folder, { recursive: true })
