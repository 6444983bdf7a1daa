import {
  type FactoryOptions,
  type LoadedParser,
  type Wasm,
  instantiateWasm,
  loadedParser,
} from './parser.ts'

type Factory = (options: FactoryOptions) => Promise<Wasm>

let loading: Promise<LoadedParser> | undefined

/**
 * Loads PostgreSQL's parser (libpg-query) once. The WebAssembly module is compiled in step with the
 * caller and its glue is called directly: the package's own entry costs twice as much at start
 * (bench/README.md).
 */
export function loadParser(): Promise<LoadedParser> {
  loading ??= load()
  return loading
}

async function load(): Promise<LoadedParser> {
  const glue = (await import('libpg-query/wasm/libpg-query.js')) as { default: unknown }
  const factory = glue.default as Factory
  return loadedParser(await factory({ instantiateWasm }))
}
