// Draws findings at random for judging by eye, each with what was measured of its statement:
// node bench/start.mjs sample [--size 150] [--seed 7]
import { splitAtBreakpoints } from '../src/dialects/breakpoints.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'
import { judgeCorpus } from './judgeCorpus.ts'
import { type TracedRow, readTraced } from './traceRows.ts'

const args = process.argv.slice(2)
const option = (name: string, otherwise: number) =>
  args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise

const projects = await corpusProjects(corpusFolder())
const judged = await judgeCorpus(projects, 1)
const traced = readTraced()
const all = judged.flatMap(({ project, findings }) =>
  findings.map((finding) => {
    const text = project.migrations.find(({ file }) => file === finding.file)?.text ?? ''
    const start = finding.range?.start ?? 0
    const chunk = splitAtBreakpoints(text).find(
      (candidate) =>
        start >= candidate.offset && start < candidate.offset + candidate.text.length + 1,
    )
    const rows = traced.get(project.name)?.get(finding.migration ?? '')
    const row = rows?.find((candidate) => candidate.sql.trim() === chunk?.text.trim())
    const line = text.slice(0, start).split('\n').length
    return { finding, project, sql: (chunk?.text ?? '').trim(), measured: measuredOf(row), line }
  }),
)

// A small generator with a fixed seed, so that the same sample can be drawn again.
let seed = option('--seed', 7)
const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
const drawn = all
  .map((entry) => ({ entry, key: random() }))
  .sort((a, b) => a.key - b.key)
  .slice(0, option('--size', 150))

const quote = (text: string) => `"${text.replaceAll('"', '""').replaceAll(/\s+/g, ' ')}"`
console.log('project,migration,line,rule,object,says,measured,sql')
for (const { entry } of drawn) {
  const { finding, project, measured, sql, line } = entry
  const cells = [
    project.name,
    finding.migration ?? '',
    String(line),
    finding.rule,
    finding.object ?? '',
    finding.message,
    measured,
    sql.slice(0, 300),
  ]
  console.log(cells.map(quote).join(','))
}

/** What the trace saw the statement do on tables with rows, in words. */
function measuredOf(row: TracedRow | undefined): string {
  if (row === undefined) return ''
  const parts = [
    ...Object.entries(row.locks ?? {}).map(([table, mode]) => `locks ${table} ${mode}`),
    ...(row.rewrite ?? []).map((table) => `rewrites ${table}`),
    ...Object.keys(row.scan ?? {}).map((table) => `reads ${table}`),
    ...(row.err ? [`fails on rows: ${row.err.join(' ')}`] : []),
    ...(row.hard ? [`fails: ${row.hard}`] : []),
  ]
  return parts.length > 0 ? parts.join('; ') : 'nothing (brief or on new tables)'
}
