// Asks PGlite which foreign keys of the corpus have no index at the end of each history, and compares
// with the rule: node bench/start.mjs unindexed
import { reset } from '../src/verify/trace/index.ts'
import { corpusPglite } from './corpusPglite.ts'
import { splitAtBreakpoints } from '../src/dialects/breakpoints.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'
import { judgeCorpus } from './judgeCorpus.ts'

const QUERY = `
  SELECT n.nspname AS schema, t.relname AS table_name, c.conname AS name
  FROM pg_constraint c
  JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
  WHERE c.contype = 'f' AND c.conparentid = 0 AND NOT EXISTS (
    SELECT FROM pg_index i
    WHERE i.indrelid = c.conrelid AND i.indisvalid
      AND c.conkey <@ (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(c.conkey)]
      AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) ~ '^\\(+[^()]* IS NOT NULL\\)+$'))`

const projects = await corpusProjects(corpusFolder())
const judged = await judgeCorpus(projects, 1)
const client = await corpusPglite()
const totals = { both: 0, onlyTool: 0, onlyServer: 0, skipped: 0 }
for (const { project, findings } of judged) {
  await reset(client)
  let failed = 0
  for (const { text } of project.migrations) {
    for (const chunk of splitAtBreakpoints(text)) {
      if (chunk.text.trim() === '') continue
      await client.exec(chunk.text).catch(() => failed++)
    }
  }
  if (failed > 0) {
    // Tables are missing: what the server would say of the rest proves nothing.
    totals.skipped++
    continue
  }
  const { rows } = await client.query(QUERY)
  const server = new Set(rows.map((row) => String(row.name)))
  const tool = new Set(
    findings
      .filter(({ rule }) => rule === 'unindexed-foreign-key')
      .map(({ file, range }) =>
        keyName(project.migrations.find((one) => one.file === file)?.text ?? '', range),
      ),
  )
  for (const name of new Set([...tool, ...server])) {
    if (tool.has(name) && server.has(name)) totals.both++
    else if (tool.has(name)) totals.onlyTool++
    else totals.onlyServer++
    if (tool.has(name) !== server.has(name)) {
      console.log(`only ${tool.has(name) ? 'tool' : 'server'}: ${project.name} ${name}`)
    }
  }
}
await client.close()
console.log(totals)

function keyName(text: string, range: { start: number; end: number } | null): string {
  const name = text.slice(range?.start ?? 0, range?.end ?? 0).replaceAll('"', '')
  return Buffer.from(name).subarray(0, 63).toString('utf8')
}
