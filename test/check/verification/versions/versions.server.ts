import { beforeAll, describe, expect, test } from 'vitest'
import { EMPTY_CATALOG } from '../../../../src/catalog/catalog.ts'
import { type LockMode, keptOutBy } from '../../../../src/dialects/postgres/lockModes.ts'
import { isRelation, isTold, model, replay } from '../../../dialects/postgres/effects/model.ts'
import { startPostgres } from '../../../servers/postgres.ts'
import { POSTGRES_VERSIONS } from '../../../servers/shared.ts'
import { type VersionCase, casesOn } from './cases.ts'
import { type Verified, verifyAll } from './measure.ts'

describe.each(POSTGRES_VERSIONS)('verify --url on PostgreSQL %i', (version) => {
  const cases = casesOn(version).filter(({id}) => id.startsWith(process.env.ONLY ?? ''))
  let verified: Verified
  beforeAll(async () => {
    const server = await startPostgres(version)
    try {
      verified = await verifyAll(server, version, cases)
    } finally {
      await server.stop()
    }
    const { writeFileSync } = await import('node:fs')
    writeFileSync(`/tmp/proof/measured-${process.env.ONLY ?? 'all'}-${version}.json`, JSON.stringify({notices: verified.notices, problems: verified.problems, outcomes: [...verified.outcomes]}, null, 1))
  })

  test('runs everything', () => {
    expect(cases.filter(({ id }) => !verified.outcomes.has(id)).map(({ id }) => id)).toEqual([])
  })

  test('the linter agrees', () => {
    expect(verified.notices.filter((line) => line.includes('disagree'))).toEqual([])
  })

  test.for(cases)('$id', ({ id, deployed, files, session, recorded }) => {
    const measured = verified.outcomes.get(id)
    if (!measured) return
    const before = deployed.reduce((catalog, text) => replay(session, catalog, [text]).after, EMPTY_CATALOG)
    const isKnown = (name: string) => isRelation(before, name)
    const told = model(replay(session, before, files).changes, session)
    if (recorded) {
      expect(measured.error?.slice(0, 5)).toBe(recorded.error?.slice(0, 5))
    }
    if (measured.error !== null || recorded?.error !== undefined) {
      expect([...told.certain, ...told.possible]).toContain(measured.error?.slice(0, 5))
      return
    }
    expect(told.certain).toEqual([])
    if (recorded) {
      expect(measured.rewritten).toEqual(recorded.rewritten.filter(isKnown).sort())
    }
    expect(measured.rewritten).toEqual(told.rewritten)
    if (session.transaction === 'none') return
    const locks = recorded ? recorded.locks : told.locks
    const kept = Object.entries(locks).filter(([name, mode]) => isKnown(name) && isTold(mode)).map(([name, mode]) => [name, keptOutBy(mode as LockMode)])
    expect(measured.locks).toEqual(Object.fromEntries(kept))
  })
})
