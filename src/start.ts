#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'
import { loadCompiled } from './cache/compiledCode.ts'

// V8 would optimise the parser's WebAssembly in the background, which takes longer than all the
// parsing, and 600 MB on Node 24; and it would validate all of it where a tenth is called
// (bench/README.md). What V8 compiled is only good under the same flags, so they come first.
for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering', '--wasm-lazy-validation']) {
  setFlagsFromString(flag)
}

// The hook starts Node without it, because Node 20 then reads every root certificate (34 ms). What
// this process starts, and the schema that it evaluates, has it again.
const { MIGRATION_LINT_EXTRA_CA_CERTS: certificates } = process.env
if (certificates !== undefined) {
  process.env.NODE_EXTRA_CA_CERTS = certificates
  delete process.env.MIGRATION_LINT_EXTRA_CA_CERTS
}

// What src/cli.ts has become (scripts/packs.mjs).
loadCompiled(__dirname, 'main/0').start()
