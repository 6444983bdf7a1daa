// Everything that CI runs: installs and builds what is not there yet; format, types and lint, and
// the tests, whose arguments these are: npm test -- test/git
import { spawn } from 'node:child_process'
import path from 'node:path'
import { makeReady } from './ready.mjs'

makeReady()

const root = path.join(import.meta.dirname, '..')
const modules = path.join(root, 'node_modules')

/** @type {readonly [name: string, script: string, ...args: string[]][]} */
const checks = [
  ['Format', path.join(modules, 'prettier/bin/prettier.cjs'), '--check', '--cache', '.'],
  ['Types and lint', path.join(root, 'scripts/analyse.mjs')],
  ['Tests', path.join(modules, 'vitest/vitest.mjs'), 'run', ...process.argv.slice(2)],
]

const failed = []
for (const [name, ...command] of checks) {
  console.log(`\n${name}`)
  if ((await run(command)) !== 0) failed.push(name)
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}`)
  process.exitCode = 1
}

/**
 * @param {string[]} command - what node runs
 * @returns {Promise<number | null>} the exit code
 */
function run(command) {
  return new Promise((resolve) => {
    spawn(process.execPath, command, { cwd: root, stdio: 'inherit' }).on('exit', resolve)
  })
}
