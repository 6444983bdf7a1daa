import { describe, expect, test } from 'vitest'
import type { Category, Finding } from '../../src/finding/finding.ts'
import { deploy } from '../dialects/postgres/effects/model.ts'
import { readTruth } from '../verify/trace/shared.ts'
import type { TruthMeasurement, TruthRow } from '../verify/trace/shared.ts'
import { lint } from './linted.ts'

const truth = readTruth()
const measured = truth.rows.flatMap((row) =>
  Object.entries(row.pg).map(([version, expected]) => ({ ...row, version, expected })),
)

const FAILING: readonly Category[] = ['cannot-run', 'fails-on-rows']
const ACCUSING: readonly Category[] = [...FAILING, 'blocks-traffic']

/**
 * Rows of the truth that fail on the data the base schema happens to hold, and not on other data:
 * they are flagged for what they do to any data, by the rule named here.
 */
export const FAILS_ON_ITS_DATA: Readonly<Record<string, string>> = {
  // A row holds the label that the migration removes.
  'drizzle-enum-recreate-missing-row': 'change-column-type',
}

function findings(row: TruthRow, version: number | null): readonly Finding[] {
  const session = {
    version,
    timezone: row.timezone,
    transaction: row.nontx ? ('none' as const) : ('deployment' as const),
  }
  const deployed = deploy(session, [truth.base, ...(row.pre === null ? [] : [row.pre])])
  return lint(session, deployed, [row.sql.join('--> statement-breakpoint\n')])
}

/** Findings that say: it blocks, reads or writes a whole table, or fails. */
/** Rules that speak of what comes after the statement, or of row locks, which no row here measures. */
const NOT_OF_LOCKS = ['unindexed-foreign-key', 'update-every-row']

function accusations(found: readonly Finding[]): readonly string[] {
  return found
    .filter(({ category, rule }) => ACCUSING.includes(category) && !NOT_OF_LOCKS.includes(rule))
    .map(({ rule, message }) => `${rule}: ${message}`)
}

function isBrief({ cls }: TruthMeasurement): boolean {
  return cls === 'brief-lock' || cls === 'no-strong-lock'
}

describe('what PostgreSQL 12 to 18 was measured to do is what the linter says', () => {
  test('there is something to compare with', () => {
    expect(measured.length).toBeGreaterThanOrEqual(1200)
  })

  test.for(measured.filter(({ expected }) => expected.cls === 'long-work'))(
    'long work is flagged: $id on $version',
    (row) => {
      const found = findings(row, Number(row.version))
      expect(found.filter(({ rule }) => rule !== 'unindexed-foreign-key')).not.toEqual([])
    },
  )

  test.for(measured.filter(({ expected }) => expected.cls === 'error'))(
    'an error is flagged: $id on $version',
    (row) => {
      const found = findings(row, Number(row.version))
      const rule = FAILS_ON_ITS_DATA[row.id]
      if (rule === undefined) {
        const failing = found.filter(({ category }) => FAILING.includes(category))
        expect(failing, row.expected.error).not.toEqual([])
      } else expect(found.map((finding) => finding.rule)).toContain(rule)
    },
  )

  test.for(measured.filter(({ expected }) => isBrief(expected)))(
    'what is brief is not accused: $id on $version',
    (row) => {
      expect(accusations(findings(row, Number(row.version)))).toEqual([])
    },
  )

  test.for(truth.rows.filter(({ pg }) => Object.values(pg).every(isBrief)))(
    'what is brief everywhere is not accused where the version is not known: $id',
    (row) => {
      expect(accusations(findings(row, null))).toEqual([])
    },
  )
})
