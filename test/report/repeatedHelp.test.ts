import { expect, test } from 'vitest'
import { Helps } from '../../src/report/repeatedHelp.ts'

test('what was said about a rule is not said again, what is particular is', () => {
  const helps = new Helps()
  const help = (column: string) =>
    `Add a column of the new type and copy in batches. Check production first (read-only): SELECT max(length("${column}")) FROM t;`
  expect(helps.of({ rule: 'change-column-type', help: help('a') })).toBe(help('a'))
  expect(helps.of({ rule: 'change-column-type', help: help('b') })).toBe(
    'as above. Check production first (read-only): SELECT max(length("b")) FROM t;',
  )
  expect(helps.of({ rule: 'change-column-type', help: help('b') })).toBe('as above.')
  expect(helps.of({ rule: 'another', help: help('b') })).toBe(help('b'))
  expect(helps.of({ rule: 'another', help: '' })).toBe('')
})
