import { describe, expect, test } from 'vitest'
import { readRecorded } from '../../../check/verification/versions/recorded.ts'
import { statements } from '../../../check/verification/versions/statements.ts'
import { deploy, model, replay } from './model.ts'

const recorded = readRecorded()
const runs = statements.flatMap(({ before, sql, transaction = true }) =>
  Object.entries(recorded[sql] ?? {}).map(([version, outcome]) => {
    const span = transaction ? ('deployment' as const) : ('none' as const)
    const session = { version: Number(version), timezone: 'UTC', transaction: span }
    return { before, sql, version, session, outcome }
  }),
)

describe('what an older server refuses is said to fail there, and nowhere else', () => {
  test('every statement was run on every version', () => {
    expect(runs).toHaveLength(statements.length * 7)
  })

  test.for(runs)('$sql on PostgreSQL $version', ({ before, sql, session, outcome }) => {
    const told = model(replay(session, deploy(session, [before]), [sql]).changes, session)
    if (outcome.error === null) expect(told.certain).toEqual([])
    else expect([...told.certain, ...told.possible]).toContain(outcome.error.slice(0, 5))
    if (outcome.error === null) expect(told.rewritten).toEqual(outcome.rewritten)
  })

  test('where the version is not known, none is assumed', () => {
    const session = { version: null, timezone: 'UTC', transaction: 'deployment' as const }
    const before = deploy(session, ['CREATE TABLE users (id int PRIMARY KEY, name text);'])
    const sql = 'ALTER TABLE users ADD UNIQUE NULLS NOT DISTINCT (name)'
    expect(model(replay(session, before, [sql]).changes, session).certain).toEqual([])
  })
})
