import Module, { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { compile } from '../../../cache/cachedCode.ts'

const PARAMETERS = 'exports, require, module, __filename, __dirname, __hostImport'

/** Characters from which on compiling takes long enough to keep the result. */
const LARGE = 1_000_000

type Run = (...values: readonly unknown[]) => void

interface Loaded {
  exports: unknown
}

/**
 * From here on, drizzle-kit's large CommonJS files are loaded with the code V8 compiled for them in
 * an earlier process: on Node 20 a 1.0's command line takes two thirds of the time (bench/README.md).
 * From 22 on Node does that by itself.
 */
export function loadKitCompiled(): void {
  const prototype = Module.prototype as unknown as {
    _compile(this: Loaded, text: string, file: string, ...rest: unknown[]): unknown
  }
  const original = prototype._compile
  prototype._compile = function (text, file, ...rest) {
    if (text.length < LARGE || !file.includes(OF_THE_KIT))
      return original.call(this, text, file, ...rest)
    const place = join(
      file.slice(0, file.lastIndexOf(OF_THE_KIT)),
      `node_modules/.cache/migration-lint/drizzle-kit-${process.version}-${process.arch}-${file.slice(file.lastIndexOf(sep) + 1)}`,
    )
    const source = `(function (${PARAMETERS}) {${importingThroughHost(text)}\n})`
    const { value: run, isFresh, cache } = compile<Run>(file, Buffer.from(source), place)
    // Compiled by Node under the file's name, this imports as the file does: relative to it.
    const host = new Module(file) as Loaded
    original.call(host, 'module.exports = (specifier) => import(specifier)', file)
    run(this.exports, createRequire(file), this, file, dirname(file), host.exports)
    if (isFresh) process.on('exit', cache)
  }
}

const OF_THE_KIT = `${sep}node_modules${sep}drizzle-kit${sep}`

/** A script that V8 ran from cached code cannot import: it asks its host. */
function importingThroughHost(text: string): string {
  return text
    .replace(/^#!/, '//')
    .replaceAll(/(?<=(?:\bawait|\breturn|=>|[(=,]) ?)import\(/g, '__hostImport(')
}
