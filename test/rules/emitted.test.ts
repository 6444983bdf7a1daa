import { describe, expect, test } from 'vitest'
import type { Category } from '../../src/finding/finding.ts'
import { deploy } from '../dialects/postgres/effects/model.ts'
import { readEmitted } from '../verify/trace/shared.ts'
import type { EmittedRow } from '../verify/trace/shared.ts'
import { lint } from './linted.ts'

const SESSION = { version: null, timezone: 'UTC', transaction: 'deployment' } as const

/** Rows where linter and record disagree, and why that stays. */
export const DISAGREEMENTS: Readonly<
  Record<string, { readonly linter: Category | null; readonly reason: string }>
> = {
  'unique.add_nulls_not_distinct': {
    linter: null,
    reason:
      'It fails if two rows have the same values or none, as those of the measurement had: a sentence of ' +
      'the finding on the work it makes, as of any unique constraint.',
  },
}

const emitted = readEmitted().flatMap((row) => {
  const { sql } = row
  return row.dialect === 'postgresql' && sql !== null && row.applies_empty !== undefined
    ? [{ ...row, sql }]
    : []
})

/** How the record says it fails. */
function recorded(row: EmittedRow): Category | null {
  const { applies_empty: empty, applies_with_rows: withRows } = row
  if (empty !== true) return 'cannot-run'
  return withRows === true || withRows === undefined ? null : 'fails-on-rows'
}

describe('what drizzle-kit emits fails where the linter says so, and nowhere else', () => {
  test('there is something to compare with', () => {
    expect(emitted.length).toBeGreaterThanOrEqual(115)
  })

  test.for(emitted)('$change', (row) => {
    const deployed = deploy(SESSION, row.before_sql === '' ? [] : [row.before_sql])
    const found = lint(SESSION, deployed, [row.sql])
    const failing = found.flatMap(({ category }) =>
      category === 'cannot-run' || category === 'fails-on-rows' ? [category] : [],
    )
    const known = DISAGREEMENTS[row.change]
    const expected = known === undefined ? recorded(row) : known.linter
    if (known !== undefined) expect(recorded(row), 'not a disagreement any more').not.toBe(expected)
    const said = `${String(row.applies_empty)} / ${String(row.applies_with_rows)}`
    expect([...new Set(failing)], said).toEqual(expected === null ? [] : [expected])
  })
})
