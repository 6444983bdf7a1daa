import { expect, test } from 'vitest'
import { wrap } from '../../src/report/wrap.ts'

test('a comment that is to be pasted stays in one piece, on a line of its own where it is long', () => {
  const comment = '-- migration-lint-disable-next-statement drop-column -- <why it is safe now>'
  expect(wrap(`Drop it later, with this line above it: ${comment}`, '  help: ', 60)).toEqual([
    '  help: Drop it later, with this line above it:',
    `        ${comment}`,
  ])
  const reason = '-- migration-lint-disable-next-statement create-index -- built before'
  expect(wrap(`Above it: ${reason}. Check production first.`, '', 40)).toEqual([
    'Above it:',
    `${reason}.`,
    'Check production first.',
  ])
})
