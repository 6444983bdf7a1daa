import { expect, test } from 'vitest'
import { fill } from '../../src/finding/message.ts'

test.each([
  ['nothing to fill', {}, 'nothing to fill'],
  ['{{a}} and {{b}} and {{a}}', { a: 'x', b: 2 }, 'x and 2 and x'],
  ['{{a}}', { a: '' }, ''],
  ['{{a}}', { a: '$1 $& {{b}}' }, '$1 $& {{b}}'],
  ['{a} {{ a }}', { a: 'x' }, '{a} {{ a }}'],
])('%s filled with %j', (template, data, expected) => {
  expect(fill(template, data)).toBe(expected)
})

test('what a template names must be given', () => {
  expect(() => fill('{{a}} {{b}}', { a: 'x' })).toThrow('no "b" for "{{a}} {{b}}"')
})
