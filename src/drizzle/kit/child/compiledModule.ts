import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compile } from '../../../cache/cachedCode.ts'

const PARAMETERS = 'exports, require, module, __filename, __dirname'

/**
 * Loads a large CommonJS module of an installed package with the code V8 compiled for it in an
 * earlier process: half of the time that drizzle-kit's api takes to load (bench/README.md). From
 * Node 22 on Node does that.
 *
 * @param file - absolute
 * @param version - of its package
 */
export function loadCompiled(file: string, version: string): unknown {
  const require = createRequire(file)
  if ('enableCompileCache' in require('node:module')) return require(file)
  const place = join(
    dirname(file),
    '..',
    '.cache/migration-lint',
    `drizzle-kit-${version}-${process.version}-${process.arch}`,
  )
  const { run, cache } = compile(file, readFileSync(file, 'utf8'), PARAMETERS, place)
  const module = { exports: {} as unknown }
  run(module.exports, require, module, file, dirname(file))
  process.on('exit', cache)
  return module.exports
}
