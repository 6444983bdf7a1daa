import { describe, expect, test } from 'vitest'
import { total } from '../../../src/verify/trace/index.ts'
import { readTruth, sharedPglite, truthTracer } from './shared.ts'
import type { TruthMeasurement } from './shared.ts'

const pglite = sharedPglite()
const truth = readTruth()
const measured = truth.rows.flatMap((row) => {
  const expected = row.pg['18']
  return expected ? [{ ...row, expected }] : []
})

const trace = truthTracer(pglite, truth.base)

describe('what PGlite measures is what PostgreSQL 18 was measured to do', () => {
  test('there is something to compare with', () => {
    expect(measured.length).toBeGreaterThanOrEqual(185)
  })

  test.for(measured)('$id', async (row) => {
    const { expected, nontx } = row
    const actual = total(await trace(row))

    expect(actual.error && `${actual.error.code} ${actual.error.message}`).toBe(
      expected.error ?? null,
    )
    // Of what failed nothing but the error was recorded; outside a transaction, locks were sampled
    // by a second session, which PGlite does not have.
    if (expected.error !== undefined || nontx) return
    const recorded = indexes(expected)
    expect(withoutAccessShare(actual.locks)).toEqual(sortKeys(expected.locks))
    expect(actual.rewritten).toEqual(expected.rewritten.filter(isHeap).sort())
    expect(actual.scanned).toEqual(scanned(expected))
    expect(recorded.possible).toEqual(expect.arrayContaining([...actual.built]))
    expect(actual.built).toEqual(expect.arrayContaining(recorded.certain))
  })
})

function withoutAccessShare(locks: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(locks).filter(([, mode]) => mode !== 'AccessShare'))
}

function sortKeys(locks: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(locks).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function scanned({ scans }: TruthMeasurement): string[] {
  return scans
    .filter((scan) => !scan.endsWith('/0'))
    .map((scan) => scan.slice(0, scan.lastIndexOf(':')))
    .sort()
}

/** Index and sequence names in the truth's schemas. */
function isHeap(name: string): boolean {
  return !/_pkey$|_idx$|_seq$|^s1$/.test(name)
}

/**
 * The record tells which indexes have another file and which are new, but a new one of the same
 * name as a dropped one may have kept its file. A partitioned index (`i`) has none.
 */
function indexes(expected: TruthMeasurement): { certain: string[]; possible: string[] } {
  const { rewritten, new_indexes, dropped } = expected
  const rebuilt = rewritten.filter((name) => !isHeap(name) && !/_seq$|^s1$/.test(name))
  const isPartitioned = (name: string) => name === 'i' && new_indexes.includes('pt1_k_idx')
  const made = new_indexes.filter((name) => !dropped.includes(name) && !isPartitioned(name))
  const certain = scanned(expected).length > 0 ? [...rebuilt, ...made] : []
  return { certain, possible: [...rebuilt, ...new_indexes] }
}
