// Compares the corpus's SQL with its snapshots: node bench/start.mjs snapshots
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { check } from '../src/commands/check.ts'
import { corpusFolder } from './corpusProjects.ts'

const folder = corpusFolder()
for (const name of readdirSync(folder).sort()) {
  const cwd = join(folder, name)
  const started = performance.now()
  const result = await check({
    cwd,
    env: {},
    selection: { kind: 'all' },
    only: ['history'],
    projects: [],
    config: undefined,
  } as never)
  const findings = result.findings.filter(({ rule }) => rule === 'snapshot-mismatch')
  console.log(`\n# ${name.replace('+', '/')}: ${findings.length} (${Math.round(performance.now() - started)} ms)`)
  for (const { severity, file, message } of findings) console.log(`- ${severity} ${file}: ${message}`)
}
