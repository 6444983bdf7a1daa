import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import type { Session } from '../../src/dialects/effects.ts'
import { deploy } from '../dialects/postgres/effects/model.ts'
import { lint } from './linted.ts'

const SESSION: Session = { version: null, timezone: 'UTC', transaction: 'deployment' }
const NOTES = 'CREATE TABLE notes (id int PRIMARY KEY);'
const ON = 'ALTER TABLE notes ENABLE ROW LEVEL SECURITY;'

function said(deployed: string, sql: string, config: Pick<Config, 'preset'> = {}) {
  return lint(SESSION, deploy(SESSION, [deployed]), [sql], config)
    .filter(({ rule }) => rule === 'enable-row-security')
    .map(({ severity, message }) => `${severity}: ${message}`)
}

describe('row level security without a policy', () => {
  test('concerns nobody where only the owner is seen', () => {
    expect(said(NOTES, ON)).toEqual([])
    expect(said(NOTES, ON, { preset: 'strict' })).toEqual([expect.stringMatching(/^warn: .*owner/)])
  })

  test.for([
    [`${NOTES} GRANT SELECT ON notes TO app;`, 'the role app'],
    [`${NOTES} CREATE TABLE a (id int); CREATE POLICY p ON a TO app USING (true);`, 'the role app'],
    [`${NOTES} ALTER TABLE notes FORCE ROW LEVEL SECURITY;`, 'its owner too'],
  ])('concerns whoever is seen: %s', ([deployed, who]) => {
    expect(said(deployed!, ON)).toEqual([expect.stringContaining(who!)])
  })

  test.for([
    ['GRANT SELECT ON notes TO CURRENT_USER;', ON],
    [
      'GRANT SELECT ON notes TO app; REVOKE SELECT ON notes FROM app;',
      `${ON} CREATE POLICY p ON notes USING (true);`,
    ],
    ['GRANT SELECT ON notes TO app;', `${ON} ALTER TABLE notes DISABLE ROW LEVEL SECURITY;`],
    ['GRANT SELECT ON notes TO app; ALTER TABLE notes ENABLE ROW LEVEL SECURITY;', ON],
    [
      'GRANT SELECT ON notes TO app;',
      `CREATE TABLE n (id int); ALTER TABLE n ENABLE ROW LEVEL SECURITY;`,
    ],
  ])('concerns nobody after %s with %s', ([deployed, sql]) => {
    expect(said(`${NOTES} ${deployed}`, sql!)).toEqual([])
  })
})
