import { expect, test } from 'vitest'
import { closest, didYouMean } from '../../src/config/closest.ts'

const rules = ['drop-column', 'drop-table', 'rename-column', 'unindexed-foreign-key']

test.each([
  ['dropcolumn', 'drop-column'],
  ['drop_column', 'drop-column'],
  ['Drop-Column', 'drop-column'],
  ['drop-colunm', 'drop-column'],
  ['drop-tabel', 'drop-table'],
  ['unindexed', 'unindexed-foreign-key'],
])('%s probably means %s', (word, meant) => {
  expect(closest(word, rules)).toBe(meant)
})

test.each(['semicolons', 'x', '', 'no-console'])('"%s" means none of them', (word) => {
  expect(closest(word, rules)).toBeNull()
})

test('a swap of neighbours is one mistake, so it is nearer than two replacements', () => {
  expect(closest('abdc', ['abxy', 'abcd'])).toBe('abcd')
})

test('the suggestion is ready to be appended to a message', () => {
  expect(`unknown rule "drop-tble"${didYouMean('drop-tble', rules)}`).toBe(
    'unknown rule "drop-tble": did you mean "drop-table"?',
  )
  expect(didYouMean('x', rules)).toBe('')
})

test('the beginning of a name is that name, however near another one is', () => {
  const rules = ['rename-column', 'require-timestamps', 'required-column-without-default']
  expect(closest('required-column', rules)).toBe('required-column-without-default')
  expect(closest('required_column', rules)).toBe('required-column-without-default')
})
