// Runs a TypeScript file of this folder on the sources as they are: node bench/start.mjs <name> [arguments]
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, stop } from 'esbuild'

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
await stop()
// In this process: a child of its own would go on where this one is killed.
process.chdir(root)
process.argv.splice(1, process.argv.length, outfile, ...args)
await import(pathToFileURL(outfile).href)
