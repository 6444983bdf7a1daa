import { beforeAll, describe, expect, test } from 'vitest'
import { type LockMode, keptOutBy } from '../../../../src/dialects/postgres/lockModes.ts'
import {
  deploy,
  isRelation,
  isTold,
  model,
  replay,
} from '../../../dialects/postgres/effects/model.ts'
import { startPostgres } from '../../../servers/postgres.ts'
import { POSTGRES_VERSIONS } from '../../../servers/shared.ts'
import { casesOn, statementOf } from './cases.ts'
import { type Verified, verifyAll } from './measure.ts'
import { readRecorded, record } from './recorded.ts'

/** What `verify --url` does not run on anybody's server, by the words of its refusal. */
const BEYOND = ['truth: create-database-in-tx', 'truth: alter-system-in-tx']

describe.each(POSTGRES_VERSIONS)('verify --url on PostgreSQL %i', (version) => {
  const cases = casesOn(version)
  let verified: Verified

  beforeAll(async () => {
    const server = await startPostgres(version)
    try {
      verified = await verifyAll(server, version, cases)
    } finally {
      await server.stop()
    }
    if (process.env.PG_RECORD) {
      const own = cases.flatMap((one) => {
        const outcome = verified.outcomes.get(one.id)
        const sql = statementOf(one)
        return sql !== null && outcome ? [[sql, outcome] as const] : []
      })
      record(version, new Map(own))
    }
  })

  test('all is run but what reaches beyond a database', () => {
    const missing = cases.filter(({ id }) => !verified.outcomes.has(id)).map(({ id }) => id)
    expect(missing).toEqual(BEYOND.filter((id) => cases.some((one) => one.id === id)))
    const refusals = verified.problems.filter(({ message }) =>
      message.startsWith('nothing was run on the server of --url'),
    )
    expect(refusals).toHaveLength(missing.length)
  })

  test('the report says of no statement that the linter expects something else', () => {
    expect(verified.notices.filter((line) => line.includes('disagree'))).toEqual([])
  })

  test.for(cases.filter(({ id }) => !BEYOND.includes(id)))(
    '$id: measured, recorded and computed are the same',
    (one) => {
      const { deployed, files, session, recorded } = one
      const measured = verified.outcomes.get(one.id)
      expect(measured).toBeDefined()
      if (!measured) return
      const sql = statementOf(one)
      if (sql !== null) expect(measured).toEqual(readRecorded()[sql]?.[version])

      const before = deploy(session, deployed)
      const told = model(replay(session, before, files).changes, session)
      const code = measured.error?.slice(0, 5) ?? null
      if (recorded) expect(code).toBe(recorded.error?.slice(0, 5) ?? null)
      if (code !== null) {
        expect([...told.certain, ...told.possible], measured.error ?? '').toContain(code)
        return
      }
      expect(told.certain).toEqual([])
      const isKnown = (name: string) => isRelation(before, name)
      expect(measured.rewritten).toEqual(told.rewritten)
      if (recorded) expect(measured.rewritten).toEqual(recorded.rewritten.filter(isKnown).sort())
      // Outside a transaction locks are gone before anybody can look.
      if (session.transaction === 'none') return
      for (const locks of recorded ? [recorded.locks, told.locks] : [told.locks]) {
        const counted = Object.entries(locks).filter(
          ([name, mode]) => isKnown(name) && isTold(mode),
        )
        const whom = counted.map(([name, mode]) => [name, keptOutBy(mode as LockMode)])
        expect(measured.locks).toEqual(Object.fromEntries(whom))
      }
    },
  )
})
