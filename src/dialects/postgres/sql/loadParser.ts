import {
  type FactoryOptions,
  type Parser,
  type Wasm,
  instantiateWasm,
  parserOver,
} from './parser.ts'

type Factory = (options: FactoryOptions) => Promise<Wasm>

let loading: Promise<Parser> | undefined

/**
 * Loads PostgreSQL's parser (libpg-query) once. The WebAssembly module is compiled in step with the
 * caller and its glue is called directly: the package's own entry costs twice as much at start
 * (bench/README.md).
 */
export function loadParser(): Promise<Parser> {
  loading ??= load()
  return loading
}

async function load(): Promise<Parser> {
  const glue = (await import('libpg-query/wasm/libpg-query.js')) as { default: unknown }
  const factory = glue.default as Factory
  return parserOver(await factory({ instantiateWasm }))
}
