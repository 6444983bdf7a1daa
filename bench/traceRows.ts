import { given } from './given.ts'
import { execFileSync } from 'node:child_process'
import type { Change } from '../src/catalog/change.ts'
import { splitAtBreakpoints } from '../src/dialects/breakpoints.ts'

/** What one chunk between breakpoints was measured to do. */
export interface TracedRow {
  readonly project: string
  readonly folder: string
  readonly file: string
  readonly sql: string
  /** false: run outside a transaction, where locks cannot be seen. */
  readonly tx: boolean
  /** Locks taken or strengthened, by `schema.name`. */
  readonly locks?: Readonly<Record<string, string>>
  readonly rewrite?: readonly string[]
  /** Rows that sequential scans of a table returned. */
  readonly scan?: Readonly<Record<string, number>>
  /** Failed with rows in the tables: SQLSTATE and message. Then run again on emptied tables. */
  readonly err?: readonly [string, string]
  /** Failed on emptied tables too. */
  readonly hard?: string
}

/**
 * The trace, by project and migration.
 *
 * @throws Error if it is not here: it is no part of the repository
 */
export function readTraced(): ReadonlyMap<string, ReadonlyMap<string, readonly TracedRow[]>> {
  const file = given('MIGRATION_LINT_TRACE', 'the trace of the corpus, trace.jsonl.xz')
  const text = execFileSync('xz', ['-dc', file], { maxBuffer: 1 << 28, encoding: 'utf8' })
  const projects = new Map<string, Map<string, TracedRow[]>>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const row = JSON.parse(line) as TracedRow
    const name = `${row.project.replace('+', '/')} ${row.folder}`
    const migrations = projects.get(name) ?? new Map<string, TracedRow[]>()
    projects.set(name, migrations.set(row.file, [...(migrations.get(row.file) ?? []), row]))
  }
  return projects
}

/**
 * Rows of the trace with the changes of their chunk, in order. Rows that the text does not have
 * (the trace was made at another commit) are left out.
 */
export function tracedChunks(
  text: string,
  statements: readonly { readonly changes: readonly Change[] }[],
  rows: readonly TracedRow[],
): readonly { readonly row: TracedRow; readonly changes: readonly Change[] }[] {
  const changes = statements.flatMap((statement) => statement.changes)
  const chunks = splitAtBreakpoints(text)
  let next = 0
  return rows.flatMap((row) => {
    const found = chunks.findIndex(
      (chunk, position) => position >= next && chunk.text.trim() === row.sql.trim(),
    )
    if (found < 0) return []
    next = found + 1
    const offset = chunks[found]?.offset
    return [{ row, changes: changes.filter(({ origin }) => origin.chunk.start === offset) }]
  })
}
