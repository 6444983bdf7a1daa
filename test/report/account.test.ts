import { describe, expect, test } from 'vitest'
import { type ProjectAccount, wholeAccount } from '../../src/check/account.ts'
import { pretty } from '../../src/report/pretty.ts'
import { coverageLines } from '../../src/report/summary.ts'
import { result } from './fixtures.ts'

const compared = wholeAccount('a.config.ts', { state: 'compared' })
const off = (name: string, reason: string) => wholeAccount(name, { state: 'off', reason })
const noSchema = (name: string): ProjectAccount => ({
  ...compared,
  name,
  families: { ...compared.families, sync: { state: 'nothing', reason: 'no config names it' } },
})

/** The lines about projects. */
const lines = (projects: readonly ProjectAccount[]) =>
  coverageLines({ ...result({}), projects }).filter((line) => line.startsWith('Not checked'))

describe('the summary names', () => {
  test('what was left out and why, once for each reason', () => {
    const where = 'the working directory'
    expect(lines([compared, off('b', where), off('c', where), noSchema('d')])).toEqual([
      'Not checked: b, c (the working directory).',
      'Not checked: schema of d (no config names it).',
    ])
  })

  test('no more names than are read', () => {
    const many = Array.from({ length: 9 }, (_, i) => off(`p${i}`, 'a folder named tests'))
    expect(lines(many)).toEqual([
      'Not checked: p0, p1, p2, p3, p4 and 4 more (a folder named tests).',
    ])
  })

  test('neither what the command line says nor what is a problem anyway', () => {
    const failed = wholeAccount('c', { state: 'not-compared', reason: 'drizzle-kit is missing' })
    expect(lines([off('b', '--only'), failed])).toEqual([])
  })
})

describe('where the SQL of a project is not judged', () => {
  const families = {
    ...compared.families,
    migration: { state: 'off', reason: 'families' },
  } as const
  const unjudged: ProjectAccount = { ...compared, name: 'b', families }
  const nothing = { counts: { migrationsJudged: 0, statements: 0 } }
  const said = (...projects: readonly ProjectAccount[]) =>
    coverageLines({ ...result(nothing), projects })

  test('nobody knows whether a migration is pending', () => {
    expect(said(unjudged)).toEqual([
      'The SQL of migrations was not judged, compared with origin/main.',
      'Not checked: SQL of b (families).',
    ])
  })

  test('it is not spoken for by the others', () => {
    expect(said(compared, unjudged)).toEqual([
      'No other migration is pending, compared with origin/main.',
      'Not checked: SQL of b (families).',
    ])
  })
})

test('a notice is printed even where a hook has nothing else to say', () => {
  const options = { root: '/r', cwd: '/r', color: false, quiet: false, width: null }
  const clean = { ...result({}), notices: ['b is gone.'] }
  expect(pretty(clean, { ...options, silentIfClean: true })).toBe('b is gone.\n')
  expect(pretty(clean, { ...options, quiet: true })).toBe('')
})
