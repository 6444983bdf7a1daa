// Judges the history of every folder of the corpus, counts findings per rule, looks for the known
// faults, and measures what it costs: node bench/start.mjs history [--list rule] [--write]
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rulebook } from '../rules/index.ts'
import { check } from '../src/check/check.ts'
import type { CheckResult } from '../src/check/result.ts'
import { corpusFolder } from './corpusProjects.ts'
import { given } from './given.ts'
import { historyCost } from './historyCost.ts'
import { knownFaults, recall } from './knownFaults.ts'

const args = process.argv.slice(2)
const listed = args.includes('--list') ? args[args.indexOf('--list') + 1] : undefined
const folder = corpusFolder()
const judged = new Map<string, CheckResult>()
const today = Date.now
for (const name of readdirSync(folder).sort()) {
  // Its stamps lay ahead when the corpus was taken, on 2026-08-22.
  if (name === 'oblien+openship') Date.now = () => Date.UTC(2026, 7, 22)
  const options = { projects: [], only: ['history' as const], config: null, env: process.env }
  judged.set(
    name,
    await check({ cwd: join(folder, name), selection: { kind: 'all' }, ...options }, rulebook),
  )
  Date.now = today
}
const lines: string[] = []
const say = (line: string) => {
  lines.push(line)
  console.log(line)
}
const findings = [...judged.values()].flatMap((result) => result.findings)
say('| rule | errors | warnings |\n|---|--:|--:|')
for (const rule of [...new Set(findings.map((finding) => finding.rule))].sort()) {
  const own = findings.filter((finding) => finding.rule === rule)
  const errors = own.filter(({ severity }) => severity === 'error').length
  say(`| ${rule} | ${errors} | ${own.length - errors} |`)
}
const problems = [...judged].flatMap(([name, result]) =>
  result.problems.map(({ message }) => `${name}: ${message}`),
)
say(`\n${findings.length} findings, ${problems.length} problems.`)
for (const problem of problems) say(problem)
const faults = given('MIGRATION_LINT_FAULTS', 'the README.md of the corpus')
say('\n| known fault | of them | found |\n|---|--:|--:|')
for (const { kind, total, missed } of recall(knownFaults(readFileSync(faults, 'utf8')), judged)) {
  say(
    `| ${kind} | ${total} | ${total - missed.length} |${missed.length > 0 ? ` missed: ${missed.join('; ')}` : ''}`,
  )
}
say(`\n${await historyCost(join(folder, 'simstudioai+sim'), 'packages/db/migrations')}`)
if (args.includes('--write')) writeFileSync('bench/results/history.md', `${lines.join('\n')}\n`)
if (listed !== undefined) {
  for (const [name, result] of judged) {
    for (const { rule, severity, file, message } of result.findings) {
      if (rule === listed || listed === 'all')
        console.log(`\n${name} ${file} [${rule} ${severity}]\n  ${message}`)
    }
  }
}
