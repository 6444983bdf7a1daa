#!/usr/bin/env node
import * as nodeModule from 'node:module'

// From Node 22 on V8's compiled code is kept between runs; it holds for files loaded after this.
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => unknown }
enableCompileCache?.()

// A file of its own, or there would be nothing left to load (build.mjs).
nodeModule.createRequire(import.meta.url)('./main.cjs')
