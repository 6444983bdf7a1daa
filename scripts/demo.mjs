// The main job, on the example project: what is pending after its last deployed migration.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { makeReady } from './ready.mjs'

makeReady()

const root = path.join(import.meta.dirname, '..')
const args = ['--cwd', 'examples/shop', '--since', '0003_order_status']
console.log(`$ npx migration-lint ${args.join(' ')}`)
const { status } = spawnSync(process.execPath, [path.join(root, 'dist/cli.cjs'), ...args], {
  cwd: root,
  stdio: 'inherit',
})
// The example is faulty on purpose: findings are what a demonstration is to show.
if (status !== 1) {
  console.error(`\nThe example has errors to show (exit code 1), but the exit code was ${status}.`)
  process.exitCode = 1
}
