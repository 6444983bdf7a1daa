import { describe, expect, test } from 'vitest'
import { traceMigration } from '../../../src/verify/trace/index.ts'
import type { MigrationTrace } from '../../../src/verify/trace/index.ts'
import { readEmitted, sharedPglite } from './shared.ts'

const pglite = sharedPglite()
const emitted = readEmitted().flatMap((row) => {
  const { sql } = row
  return row.dialect === 'postgresql' && sql !== null ? [{ ...row, sql }] : []
})

/**
 * Where seeded rows and the record's disagree about the data, not about PostgreSQL: ours hold every
 * label of an enum, and so the one that the migration removes. `rows` are some with which the
 * outcome is the recorded one.
 */
const OTHER_DATA: Readonly<Record<string, { seeded: string; rows: string }>> = {
  'enum.remove_value_with_default': {
    seeded: 'invalid input value for enum e: "c"',
    rows: 'INSERT INTO "users" SELECT FROM generate_series(1, 10)',
  },
}

/** As drizzle's migrator splits and sends it. */
function chunks(sql: string): string[] {
  return sql.split('--> statement-breakpoint')
}

/** As the record has it: true, or the server's message behind a psql prefix. */
function outcome({ statements }: MigrationTrace): true | string {
  return statements.find(({ error }) => error)?.error?.message ?? true
}

function message(recorded: true | string): true | string {
  return recorded === true ? true : (recorded.replace(/^.*?ERROR: {2}/, '').split('\n')[0] ?? '')
}

describe('what drizzle-kit emits ends on PGlite as it was recorded on PostgreSQL', () => {
  test('there is something to compare with', () => {
    expect(emitted.length).toBeGreaterThanOrEqual(115)
  })

  const onEmpty = emitted.flatMap((row) =>
    row.applies_empty === undefined ? [] : [{ ...row, expected: message(row.applies_empty) }],
  )
  test.for(onEmpty)('$change, tables empty', async (row) => {
    const example = { before: row.before_sql, sql: chunks(row.sql), rows: false }
    expect(outcome(await traceMigration(await pglite(), example))).toBe(row.expected)
  })

  // The record's rows have NULL wherever a column admits it.
  const withRows = emitted.flatMap((row) =>
    row.applies_with_rows === undefined
      ? []
      : [{ ...row, expected: message(row.applies_with_rows) }],
  )
  test.for(withRows)('$change, tables with rows', async (row) => {
    const example = { before: row.before_sql, sql: chunks(row.sql), nulls: 'all' as const }
    const seeded = await traceMigration(await pglite(), example)
    expect(seeded.unseeded).toEqual([])
    const other = OTHER_DATA[row.change]
    expect(outcome(seeded)).toBe(other ? other.seeded : row.expected)
    if (!other) return
    const before = `${row.before_sql}--> statement-breakpoint\n${other.rows}`
    expect(outcome(await traceMigration(await pglite(), { ...example, before }))).toBe(row.expected)
  })
})
