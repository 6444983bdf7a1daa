import { readFileSync, writeFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { type ChildLimits, REQUEST, type KitRequest } from '../request.ts'
import { loadKitCompiled } from './compiledKit.ts'
import { installPlaceholders, loadEnvFile } from './environment.ts'
import { installGuard } from './guard.ts'
import { installOverlay } from './overlay.ts'
import { recordReads } from './trace.ts'

// Before anything of size is loaded.
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => unknown }
if (enableCompileCache) enableCompileCache()
else loadKitCompiled()

// Loaded with `--require` into every process that runs the user's code.
const folder = process.env[REQUEST]!
const request = JSON.parse(readFileSync(join(folder, 'request.json'), 'utf8')) as KitRequest & {
  readonly limits: ChildLimits
}
installGuard(folder, request.limits)
const write = writeFileSync
installOverlay(request.overlay)
const trace = recordReads(request.root)
const { files, values, placeholders } = request.environment
Object.assign(process.env, values)
for (const file of [...files, join(request.cwd, '.env')]) loadEnvFile(file)
// After the files: to them a placeholder would be a value that is set.
if (placeholders) installPlaceholders()
nodeModule.syncBuiltinESMExports()
// Nobody sits at a terminal in a git hook: drizzle-kit must not ask.
for (const stream of [process.stdin, process.stdout]) Object.assign(stream, { isTTY: false })
process.on('exit', () => write(join(folder, 'trace.json'), JSON.stringify(trace())))
