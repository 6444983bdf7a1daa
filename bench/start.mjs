// Runs a TypeScript file of this folder on the sources as they are: node bench/start.mjs <name> [arguments]
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

const [name, ...args] = process.argv.slice(2)
const root = path.join(import.meta.dirname, '..')
const folder = path.join(root, 'node_modules', '.cache', 'migration-lint-bench')
mkdirSync(folder, { recursive: true })
const outfile = path.join(folder, `${name}.mjs`)
await build({
  entryPoints: [path.join(import.meta.dirname, `${name}.ts`)],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
})
const { status } = spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit', cwd: root })
process.exitCode = status ?? 1
