import { describe, expect, test } from 'vitest'
import type { Session } from '../../../../src/dialects/effects.ts'
import { readTruth, sharedPglite, truthTracer } from '../../../verify/trace/shared.ts'
import type { TruthMeasurement } from '../../../verify/trace/shared.ts'
import { total } from '../../../../src/verify/trace/index.ts'
import { deploy, isRelation, isTold, model, replay } from './model.ts'

const truth = readTruth()
const measured = truth.rows.flatMap((row) =>
  Object.entries(row.pg).map(([version, expected]) => ({ ...row, version, expected })),
)

function modelled(row: (typeof measured)[number]) {
  const session: Session = {
    version: Number(row.version),
    timezone: row.timezone,
    transaction: row.nontx ? 'none' : 'deployment',
  }
  const deployed = deploy(session, [truth.base, ...(row.pre === null ? [] : [row.pre])])
  const { changes } = replay(session, deployed, [row.sql.join('--> statement-breakpoint\n')])
  return { deployed, ...model(changes, session) }
}

describe('what the model says is what PostgreSQL 12 to 18 was measured to do', () => {
  test('there is something to compare with', () => {
    expect(truth.rows.length).toBeGreaterThanOrEqual(185)
    expect(new Set(measured.map(({ version }) => version)).size).toBe(7)
  })

  test.for(measured)('$id on $version', (row) => {
    const { expected } = row
    const { deployed, locks, rewritten, scanned, certain, possible } = modelled(row)
    if (expected.error !== undefined) {
      const code = expected.error.slice(0, 5)
      expect([...certain, ...possible], expected.error).toContain(code)
      return
    }
    expect(certain).toEqual([])
    const isKnown = (name: string) => isRelation(deployed, name)
    expect(rewritten).toEqual(expected.rewritten.filter(isKnown).sort())
    const measuredLocks = told(expected.locks, isKnown)
    if (row.nontx) {
      // A second session looked on now and then: it may have missed a lock, and saw no scans.
      expect(locks).toMatchObject(measuredLocks)
    } else {
      expect(locks).toEqual(measuredLocks)
      expect(scanned).toEqual(scannedOf(expected))
    }
  })
})

function told(
  locks: Readonly<Record<string, string>>,
  isKnown: (name: string) => boolean,
): Record<string, string> {
  const entries = Object.entries(locks).filter(([name, mode]) => isKnown(name) && isTold(mode))
  return Object.fromEntries(entries)
}

function scannedOf({ scans }: TruthMeasurement): string[] {
  return scans
    .filter((scan) => !scan.endsWith('/0'))
    .map((scan) => scan.slice(0, scan.lastIndexOf(':')))
    .sort()
}

describe('index builds are those PGlite measures', () => {
  const trace = truthTracer(sharedPglite(), truth.base)
  const succeeded = measured.filter(
    ({ version, expected }) => version === '18' && expected.error === undefined,
  )

  test.for(succeeded)('$id', async (row) => {
    expect(modelled(row).builtOn).toEqual(total(await trace(row)).builtOn)
  })
})
