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

test('a notice is printed even where a hook has nothing else to say', () => {
  const options = { root: '/r', cwd: '/r', color: false, quiet: false, width: null }
  const clean = { ...result({}), notices: ['b is gone.'] }
  expect(pretty(clean, { ...options, silentIfClean: true })).toBe('b is gone.\n')
  expect(pretty(clean, { ...options, quiet: true })).toBe('')
})
