import { describe, expect, test } from 'vitest'
import { total } from '../../../src/verify/trace/index.ts'
import { POSTGRES_VERSIONS, sharedServer } from '../../servers/shared.ts'
import { readTruth, truthTracer } from './shared.ts'

const truth = readTruth()

describe.each(POSTGRES_VERSIONS)(
  'on PostgreSQL %i a row of the truth does what is recorded',
  (version) => {
    const trace = truthTracer(sharedServer(version), truth.base)
    const rows = truth.rows.flatMap((row) => {
      const expected = row.pg[String(version)]
      return expected ? [{ ...row, expected }] : []
    })

    test.for(rows)('$id', async (row) => {
      const { expected, nontx } = row
      const measured = total(await trace(row))
      const code = expected.error?.slice(0, 5) ?? null
      expect(measured.error?.code ?? null, measured.error?.message).toBe(code)
      // Of what failed nothing else is recorded; outside a transaction locks were sampled.
      if (code !== null || nontx) return
      const locks = Object.entries(measured.locks).filter(([, mode]) => mode !== 'AccessShare')
      expect(Object.fromEntries(locks)).toEqual(expected.locks)
      const heaps = measured.rewritten.filter((name) => expected.rewritten.includes(name))
      expect(heaps).toEqual(measured.rewritten)
    })
  },
)
