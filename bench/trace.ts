// Compares effects with what PGlite did on the corpus: node bench/start.mjs trace [--list aspect] [--write]
import { mkdirSync, writeFileSync } from 'node:fs'
import { startDeployment, startTransaction, EMPTY_CATALOG } from '../src/catalog/catalog.ts'
import { loadEngine } from '../src/dialects/postgres/load.ts'
import { corpusFolder, corpusProjects } from './corpusProjects.ts'
import { compareChunk } from './traceComparison.ts'
import type { Aspect, Comparison } from './traceComparison.ts'
import { readTraced, tracedChunks } from './traceRows.ts'

const args = process.argv.slice(2)
const listed = args.includes('--list') ? args[args.indexOf('--list') + 1] : undefined
const engine = await loadEngine()
const traced = readTraced()
const compared: (Comparison & { readonly where: string })[] = []
let unmatched = 0

for (const { name, migrations } of await corpusProjects(corpusFolder())) {
  const rows = traced.get(name)
  if (rows === undefined) continue
  let catalog = EMPTY_CATALOG
  for (const migration of migrations) {
    const own = rows.get(migration.name) ?? []
    const start = startTransaction(startDeployment(catalog), true)
    const { catalog: after, statements } = engine.replay(start, migration, 0, false)
    const held = {
      measured: new Map<string, string>(),
      told: new Map<string, string>(),
      isBroken: false,
      isEmptied: false,
    }
    const chunks = tracedChunks(migration.text, statements, own)
    unmatched += own.length - chunks.length
    for (const { row, changes } of chunks) {
      const where = `${name} ${migration.name}`
      compared.push({ ...compareChunk(engine, start, changes, row, held), where })
    }
    catalog = after
  }
}

const ASPECTS: readonly Aspect[] = ['locks', 'rewrites', 'scans', 'errors']
const kinds = new Map<string, (Comparison & { readonly where: string })[]>()
for (const each of compared) {
  for (const kind of each.kinds) kinds.set(kind, [...(kinds.get(kind) ?? []), each])
}
const cell = (all: readonly Comparison[], aspect: Aspect) => {
  const looked = all.filter(({ differs }) => differs[aspect] !== null)
  const agree = looked.filter(({ differs }) => differs[aspect] === '')
  return `${agree.length}/${looked.length}`
}
const line = (name: string, all: readonly Comparison[]) =>
  `| ${name} | ${ASPECTS.map((aspect) => cell(all, aspect)).join(' | ')} |`
/** Of the statements that were measured to do it, those of which that was foretold. */
const recall = (aspect: Aspect) => {
  const did = compared.filter((one) => one.measured[aspect] && one.differs[aspect] !== null)
  const missed = did.filter(({ differs }) => /\bmeasured (?!none)/.test(differs[aspect] ?? ''))
  return `${did.length - missed.length}/${did.length}`
}
const table = [
  `${compared.length} statements of the corpus, as they stand between breakpoints (${unmatched} of the trace not found in it).`,
  'Agreement of `effects` with what PGlite was measured to do, by the kinds of change a statement makes:',
  '',
  `| changes | ${ASPECTS.join(' | ')} |`,
  `|---|${ASPECTS.map(() => '--:').join('|')}|`,
  line('**all**', compared),
  `| **of those that did it** | ${ASPECTS.map(recall).join(' | ')} |`,
  ...[...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, all]) => line(kind, all)),
]
const REASONS = `
The second row is recall: of the statements that the server was measured to take such a lock for (rewrite,
scan, refuse), those of which \`effects\` said so. A statement counts under every kind of change it makes. Not compared: locks and scans where the
trace cannot show them (outside a transaction, after a statement that failed and ran again on
emptied tables). Of the trace's index builds and row locks of readers nothing is compared.

What stays:

- locks: a rename under \`IF EXISTS (SELECT …)\` in a DO block did not run; the model counts what may.
- scans, planner and data: the other side of a join or foreign key was not read because this side
  had no rows (or no values), a table had been emptied by a DELETE with a WHERE, or two rows were
  joined in another way. The model says what happens where both sides hold rows.
- scans, not modelled: a condition of a DO block that asks EXISTS (it reads until it finds a row),
  sub-selects and cascades of a DELETE or UPDATE that is itself keyed, CALL (reported as opaque).
- errors: two that a trigger of the project raises, two inside JSON functions on made-up JSON, one
  schema that the host brings along (\`realtime\`, Supabase): nothing in the migrations says so.
`
const disagreeing = compared.flatMap(({ where, kinds: of, differs, sql }) =>
  ASPECTS.flatMap((aspect) => {
    const difference = differs[aspect]
    return difference ? [{ aspect, where, of, difference, sql }] : []
  }),
)
console.log(table.join('\n'))
for (const { aspect, where, of, difference, sql } of disagreeing) {
  if (aspect !== listed) continue
  console.log(
    `\n## ${where} [${of.join(', ')}]\n   ${difference}\n   ${sql.replaceAll(/\s+/g, ' ').slice(0, 300)}`,
  )
}
if (args.includes('--write')) {
  mkdirSync('bench/results', { recursive: true })
  writeFileSync('bench/results/trace.md', `${table.join('\n')}\n${REASONS}`)
}
