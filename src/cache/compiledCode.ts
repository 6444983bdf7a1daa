import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { compile } from './cachedCode.ts'

/** Set by the build to a hash of the sources. */
declare const BUILD_ID: string

/** What the program can do, and what it tells about its run. */
export interface Program {
  /** Does what the command line asks for. */
  start(): void
  /** Makes checks of a run in another thread, as long as any are left; both can be cloned. */
  work(share: unknown): Promise<unknown>
  /** Whether it was a run like a hook's, so that what V8 has compiled by now is what hooks need. */
  isTypical(): boolean
}

/**
 * Loads the program with the code V8 compiled in an earlier run. Compiling is a tenth of a run, and
 * Node's own cache (from 22 on) lacks the functions that are compiled when they are called
 * (bench/README.md).
 *
 * The code is cached beside the installed package, in `node_modules/.cache`; elsewhere, and where
 * nothing can be written, it is compiled each time.
 *
 * @param file - absolute; its dynamic imports have to go through `__hostImport` (build.mjs), which a
 *   script has no import of its own without
 * @returns what the file exports
 */
export function loadCompiled(file: string): Program {
  const { run, cache } = compile(file, readFileSync(file, 'latin1'), PARAMETERS, placeFor(file))
  const module = { exports: {} as Program }
  const load = (specifier: string) => import(specifier)
  run(module.exports, createRequire(file), module, file, dirname(file), load)
  process.on('exit', () => {
    if (module.exports.isTypical()) cache()
  })
  return module.exports
}

const PARAMETERS = 'exports, require, module, __filename, __dirname, __hostImport'

function placeFor(file: string): string | null {
  const modules = join(dirname(file), '..', '..')
  return basename(modules) === 'node_modules'
    ? join(modules, '.cache/migration-lint', `${BUILD_ID}-${process.version}-${process.arch}`)
    : null
}
