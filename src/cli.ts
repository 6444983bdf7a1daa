#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { run } from './commands/run.ts'

const code = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  version: () => {
    const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
    return (JSON.parse(text) as { version: string }).version
  },
  rules: async () => (await import('../rules/index.ts')).rules,
  check: async (options) => (await import('./commands/check.ts')).check(options),
})

// Everything is written by now; a worker or child that is still alive must not keep us waiting.
process.exit(code)
