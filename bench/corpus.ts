// Judges the corpus and counts findings per rule: node bench/start.mjs corpus [--list rule] [--sample n]
import { writeFileSync } from 'node:fs'
import type { Finding } from '../src/finding/finding.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'
import { judgeCorpus } from './judgeCorpus.ts'

const args = process.argv.slice(2)
const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined)
const projects = await corpusProjects(corpusFolder())
const count = projects.reduce((sum, { migrations }) => sum + migrations.length, 0)
const rows = new Map<string, number[]>()
const sizes = [1, 2, 5]
const judgedBySize = []
for (const [position, size] of sizes.entries()) {
  const judged = await judgeCorpus(projects, size)
  judgedBySize.push(judged)
  for (const { rule, category } of judged.flatMap(({ findings }) => findings)) {
    const key = `${rule} | ${category}`
    const row = rows.get(key) ?? sizes.map(() => 0)
    row[position] = (row[position] ?? 0) + 1
    rows.set(key, row)
  }
}
const [single = []] = judgedBySize
const statements = single.reduce((sum, project) => sum + project.statements, 0)
const unmodelled = single.reduce((sum, project) => sum + project.unmodelled, 0)
const table = [
  `${projects.length} PostgreSQL folders, ${count} migrations, ${statements} statements, ${unmodelled} without a model.`,
  '',
  `| rule | category | ${sizes.map((size) => `${size} at a time`).join(' | ')} |`,
  `|---|---|${sizes.map(() => '--:').join('|')}|`,
  ...[...rows].sort().map(([key, row]) => `| ${key} | ${row.join(' | ')} |`),
]
console.log(table.join('\n'))
if (args.includes('--write')) {
  writeFileSync('bench/results/corpus.md', `${table.join('\n')}\n`)
}

const listed = option('--list')
const show = (finding: Finding, text: string) => {
  const range = finding.range ?? { start: 0, end: 0 }
  const line = text.slice(0, range.start).split('\n').length
  const from = text.lastIndexOf('\n', range.start) + 1
  console.log(
    `\n## ${finding.project} ${finding.file}:${line} [${finding.rule} ${finding.severity}]`,
  )
  console.log(`   ${finding.message}`)
  console.log(
    `   > ${text.slice(from, text.indexOf('\n', range.end) < 0 ? undefined : text.indexOf('\n', range.end)).slice(0, 400)}`,
  )
  console.log(`   blamed: ${JSON.stringify(text.slice(range.start, range.end).slice(0, 120))}`)
}
const all = (judgedBySize[Number(option('--window') ?? 0)] ?? single).flatMap(
  ({ project, findings }) =>
    findings.map((finding) => ({
      finding,
      text: project.migrations.find(({ file }) => file === finding.file)?.text ?? '',
    })),
)
if (listed) {
  for (const { finding, text } of all) if (finding.rule === listed) show(finding, text)
}
const sample = Number(option('--sample') ?? 0)
if (sample > 0) {
  // A small generator with a fixed seed, so that the same sample can be drawn again.
  let seed = Number(option('--seed') ?? 7)
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
  const drawn = [...all].map((entry) => ({ entry, key: random() })).sort((a, b) => a.key - b.key)
  for (const { entry } of drawn.slice(0, sample)) show(entry.finding, entry.text)
}
