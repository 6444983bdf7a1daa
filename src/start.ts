#!/usr/bin/env node
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runCompiled } from './cache/compiledCode.ts'

// V8 would optimise the parser's WebAssembly in the background, which takes longer than all the
// parsing, and 600 MB on Node 24 (bench/README.md). What V8 compiled is only good under the same
// flags, so they come first.
for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag)

const program = join(__dirname, 'main.cjs')
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => unknown }
if (enableCompileCache === undefined) runCompiled(program)
else {
  enableCompileCache()
  nodeModule.createRequire(__filename)(program)
}
