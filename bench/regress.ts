// PostgreSQL's regression suite on PGlite and through the model, statement by statement:
// node bench/start.mjs regress <folder of its .sql files> [--only <name>] [--verbose]
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Catalog, EMPTY_CATALOG, startTransaction } from '../src/catalog/catalog.ts'
import type { Change } from '../src/catalog/change.ts'
import { loadEngine } from '../src/dialects/postgres/load.ts'
import { openPglite, reset } from '../src/verify/trace/index.ts'
import { psqlStatements } from './psqlStatements.ts'

const [folder = ''] = process.argv.slice(2)
const only = process.argv[process.argv.indexOf('--only') + 1]
const session = { version: 18, timezone: 'UTC', transaction: 'deployment' } as const
const engine = await loadEngine()
/** What waits, needs a server of its own, or belongs to psql. */
const SKIPPED =
  /pg_sleep|pg_terminate|pg_cancel|advisory|\bstdin\b|\bstdout\b|:'|[^:]:[a-z_]\w*\b|libdir|abs_srcdir|create (?:database|tablespace)|pg_reload|\bload\b|infinite/i

const counts = {
  files: 0,
  statements: 0,
  skipped: 0,
  accepted: 0,
  refused: 0,
  foretold: 0,
  crashes: 0,
  unparsed: 0,
  misplaced: 0,
  falseErrors: 0,
  slowest: 0,
}
const differences: string[] = []
let client = await openPglite()
await client.exec('SET client_min_messages = error')

for (const file of readdirSync(folder).filter((name) => name.endsWith('.sql'))) {
  if (process.argv.includes('--only') && !file.startsWith(only ?? '')) continue
  const text = readFileSync(join(folder, file), 'utf8')
  counts.files++
  const started = performance.now()
  try {
    // Some files leave a role behind that may not drop anything.
    await reset(client).catch(async () => {
      await client.close().catch(() => undefined)
      client = await openPglite()
    })
    await client.exec('SET client_min_messages = error; SET statement_timeout = 5000')
    await runFile(file, text)
  } catch (error) {
    console.log(`${file}: PGlite gave up: ${String(error).slice(0, 120)}`)
    await client.close().catch(() => undefined)
    client = await openPglite()
  }
  counts.slowest = Math.max(counts.slowest, Math.round(performance.now() - started))
}
await client.close()
for (const line of differences) console.log(line)
console.log(counts)

async function runFile(file: string, text: string): Promise<void> {
  let catalog: Catalog = startTransaction(EMPTY_CATALOG, false)
  /** What ROLLBACK goes back to: the transaction's start, then the savepoints by name. */
  let saved: { readonly name: string; readonly catalog: Catalog }[] = []
  // Roles, settings and C functions of the whole suite are not there.
  let isWhole = true
  for (const sql of psqlStatements(text)) {
    counts.statements++
    if (SKIPPED.test(sql)) {
      counts.skipped++
      isWhole = false
      continue
    }
    const source = { name: file, file, text: sql }
    const inTransaction = saved.length > 0
    const replay = engine.replay({ ...catalog, transactionOpen: inTransaction }, source, 0, false)
    const changes = replay.statements.flatMap((statement) => statement.changes)
    const refused = await client.exec(sql).then(
      () => null,
      (error: unknown) => error as { code?: string; message: string },
    )
    for (const { error } of replay.failures ?? []) {
      counts.crashes++
      differences.push(`${file}: CRASH ${String(error)} | ${shown(sql)}`)
    }
    if (refused) {
      counts.refused++
      if (errorOf(changes)) counts.foretold++
    } else {
      counts.accepted++
      judge(file, sql, changes, isWhole)
      catalog = replay.catalog
    }
    const control = /^\s*(begin|start transaction|commit|end|rollback|abort|savepoint)\b/i.exec(
      sql.replaceAll(/--.*/g, ''),
    )?.[1]
    const savepoint = /(?:savepoint|rollback\s+to(?:\s+savepoint)?)\s+(\w+)/i.exec(sql)?.[1]
    if (/^\s*rollback\s+to/i.test(sql)) {
      const at = saved.findLastIndex(({ name }) => name === savepoint)
      catalog = saved[at]?.catalog ?? catalog
      saved = saved.slice(0, at + 1)
    } else if (control && /begin|start/i.test(control)) saved = [{ name: '', catalog }]
    else if (control && /savepoint/i.test(control) && savepoint) {
      saved.push({ name: savepoint, catalog })
    } else if (control && /rollback|abort/i.test(control)) {
      catalog = saved[0]?.catalog ?? catalog
      saved = []
    } else if (control) saved = []
  }
}

/** Whatever the server took has to be read, placed, and not said to fail. */
function judge(file: string, sql: string, changes: readonly Change[], isWhole: boolean): void {
  if (changes.some(({ kind }) => kind === 'UnparsedSql')) {
    counts.unparsed++
    differences.push(`${file}: UNPARSED | ${shown(sql)}`)
  }
  const isOutside = changes.some(
    ({ origin }) => origin.start < 0 || origin.end > sql.length || origin.start >= origin.end,
  )
  if (isOutside) {
    counts.misplaced++
    differences.push(`${file}: MISPLACED | ${shown(sql)}`)
  }
  const error = errorOf(changes)
  if (!error) return
  counts.falseErrors++
  const doubt = isWhole ? '' : ' (after a skipped statement)'
  differences.push(`${file}: SAID TO FAIL${doubt} ${error.code} ${error.message} | ${shown(sql)}`)
}

function errorOf(changes: readonly Change[]) {
  return changes
    .flatMap((change) => engine.effects(change, session).errors)
    .find(({ when }) => when === 'always')
}

function shown(sql: string): string {
  return sql.replaceAll(/\s+/g, ' ').trim().slice(0, 160)
}
