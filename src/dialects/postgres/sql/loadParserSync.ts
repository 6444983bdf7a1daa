import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { type LoadedParser, type Wasm, instantiateWasm, loadedParser } from './parser.ts'

let parser: LoadedParser | undefined

/**
 * PostgreSQL's parser for callers that cannot wait: ESLint parses a file in one step. The package's
 * glue is an async function although nothing in it has to wait, so it runs in a context of its own
 * whose microtasks are worked off before the call returns (node:vm, `microtaskMode`).
 *
 * @throws Error if the package's glue has started to wait for something
 */
export function loadParserSync(): LoadedParser {
  parser ??= loadedParser(load())
  return parser
}

function load(): Wasm {
  const require = createRequire(import.meta.url)
  const file = require.resolve('libpg-query/wasm/libpg-query.js')
  const place = { __filename: file, __dirname: dirname(file) }
  const module = { exports: {} }
  const globals = { process, console, require, TextDecoder, URL, crypto }
  const outcome: { wasm?: Wasm; error?: unknown } = {}
  const context = createContext(
    { ...globals, ...place, module, exports: module.exports, instantiateWasm, outcome },
    { microtaskMode: 'afterEvaluate' },
  )
  runInContext(readFileSync(file, 'utf8'), context, { filename: file })
  // The callbacks have to be the context's own, or they would be called in ours: later.
  const start = `module.exports({ instantiateWasm }).then(
    (wasm) => { outcome.wasm = wasm }, (error) => { outcome.error = error })`
  runInContext(start, context)
  if (outcome.wasm) return outcome.wasm
  throw new Error("PostgreSQL's parser could not be loaded at once", { cause: outcome.error })
}
