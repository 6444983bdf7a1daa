declare module 'libpg-query/wasm/libpg-query.js'

/** Node has WebAssembly; its type declarations leave that to the DOM's. */
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>
  type Exports = Record<string, unknown>
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    readonly exports: Exports
    constructor(module: Module, imports: Imports)
  }
}
