import { readFileSync } from 'node:fs'
import { afterAll } from 'vitest'
import { openPglite, traceMigration, traceTransaction } from '../../../src/verify/trace/index.ts'
import { dataDirectory } from '../../pglite.ts'
import type { StatementTrace, TraceClient } from '../../../src/verify/trace/index.ts'

/**
 * One PGlite for a test file: started when first asked for, closed after all. Call at the top of
 * the file.
 *
 * @param extensions - what CREATE EXTENSION may name
 */
export function sharedPglite(extensions: readonly string[] = []): () => Promise<TraceClient> {
  let opened: Promise<TraceClient> | null = null
  afterAll(async () => {
    await (await opened)?.close()
  })
  return () =>
    (opened ??= dataDirectory().then((directory) => openPglite({ directory, extensions })))
}

/** What was measured about one row of the truth on one server version. */
export interface TruthMeasurement {
  readonly cls: 'error' | 'long-work' | 'brief-lock' | 'no-strong-lock'
  readonly locks: Readonly<Record<string, string>>
  readonly rewritten: readonly string[]
  /** `<table>:<scans>x/<tuples read>`. */
  readonly scans: readonly string[]
  readonly new_indexes: readonly string[]
  readonly dropped: readonly string[]
  /** `<SQLSTATE> <message>`. */
  readonly error?: string
}

export interface TruthRow {
  readonly id: string
  readonly pre: string | null
  readonly sql: readonly string[]
  readonly timezone: string
  readonly nontx: boolean
  readonly min_pg: number | null
  readonly pg: Readonly<Record<string, TruthMeasurement>>
}

/** Our measurements on real PostgreSQL 12 to 18, and the schema every row stands on. */
export function readTruth(): { base: string; rows: TruthRow[] } {
  const [base, ...rows] = readLines<TruthRow & { base_sql: string }>('postgres-truth.jsonl')
  if (!base?.base_sql) throw new Error('postgres-truth.jsonl must begin with the base schema')
  return { base: base.base_sql, rows }
}

/**
 * Traces rows of the truth on what they stand on. The base schema takes a while to fill, so it
 * stays for the next row unless this one commits something.
 */
export function truthTracer(
  pglite: () => Promise<TraceClient>,
  base: string,
): (row: TruthRow) => Promise<readonly StatementTrace[]> {
  let baseStands = false
  return async ({ pre, sql, timezone, nontx }) => {
    const client = await pglite()
    const options = { timezone, transaction: !nontx }
    const reusable = pre === null && !nontx
    if (reusable && baseStands) return traceTransaction(client, sql, options)
    baseStands = false
    const before = [base, pre ?? ''].join('--> statement-breakpoint')
    const { statements } = await traceMigration(client, { before, sql, rows: false, ...options })
    baseStands = reusable
    return statements
  }
}

/** What drizzle-kit wrote for one change of a schema, and what came of running it. */
export interface EmittedRow {
  readonly dialect: string
  readonly change: string
  readonly sql: string | null
  readonly before_sql: string
  /** The schema files before and after. */
  readonly before_ts: string
  readonly after_ts: string
  /** Where a database that was migrated differs from a fresh one; null where it does not. */
  readonly drift: {
    readonly only_migrated: readonly string[]
    readonly only_fresh: readonly string[]
  } | null
  /** true, or what the server said. */
  readonly applies_empty?: true | string
  readonly applies_with_rows?: true | string
}

export function readEmitted(): EmittedRow[] {
  return readLines<EmittedRow>('drizzle-emitted.jsonl')
}

function readLines<Row>(fixture: string): Row[] {
  const url = new URL(`../../fixtures/${fixture}`, import.meta.url)
  const lines = readFileSync(url, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Row)
}
