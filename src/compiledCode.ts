import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { replaceFile } from './replaceFile.ts'

/** Set by the build to a hash of the sources. */
declare const BUILD_ID: string

/** What the program tells about its run. */
interface Program {
  /** Whether SQL was judged, so that what V8 has compiled by now is what the next run needs. */
  hasJudged?(): boolean
}

/**
 * Runs a CommonJS file with the code V8 compiled in an earlier run, as Node does by itself from 22 on
 * (`module.enableCompileCache`). Compiling is a tenth of a run (bench/README.md).
 *
 * The code is kept beside the installed package, in `node_modules/.cache`; elsewhere, and where
 * nothing can be written, it is compiled each time.
 *
 * @param file - absolute; its dynamic imports have to go through `__hostImport` (build.mjs), which a
 *   script has no import of its own without
 */
export function runCompiled(file: string): void {
  const kept = placeFor(file)
  const script = new Script(`(function (${PARAMETERS}) {${readFileSync(file, 'latin1')}\n})`, {
    filename: file,
    cachedData: kept === null ? undefined : contentOf(kept),
  })
  const module: { exports: Program } = { exports: {} }
  const run = script.runInThisContext() as (...values: unknown[]) => void
  const load = (specifier: string) => import(specifier)
  run(module.exports, createRequire(file), module, file, dirname(file), load)
  if (kept === null || script.cachedDataRejected === false) return
  process.on('exit', () => {
    if (module.exports.hasJudged?.()) keep(kept, script.createCachedData())
  })
}

const PARAMETERS = 'exports, require, module, __filename, __dirname, __hostImport'

function placeFor(file: string): string | null {
  const modules = join(dirname(file), '..', '..')
  return basename(modules) === 'node_modules'
    ? join(modules, '.cache/migration-lint', `${BUILD_ID}-${process.version}-${process.arch}`)
    : null
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function keep(path: string, data: Buffer): void {
  try {
    replaceFile(path, data)
  } catch {
    return
  }
}
