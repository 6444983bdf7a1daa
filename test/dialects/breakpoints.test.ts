import { expect, test } from 'vitest'
import { BREAKPOINT, splitAtBreakpoints } from '../../src/dialects/breakpoints.ts'

test.each([
  ['nothing', '', ['']],
  ['one chunk', 'SELECT 1;', ['SELECT 1;']],
  ['several', `a;${BREAKPOINT}\nb;\n${BREAKPOINT}c;`, ['a;', '\nb;\n', 'c;']],
  ['blank ones', `${BREAKPOINT}${BREAKPOINT}`, ['', '', '']],
  ['inside a string, as the migrator does', `SELECT '${BREAKPOINT}';`, ["SELECT '", "';"]],
  ['inside a comment', `/* ${BREAKPOINT} */ x`, ['/* ', ' */ x']],
  [
    'a breakpoint alone, whatever its case or spacing',
    '-->statement-breakpoint',
    ['-->statement-breakpoint'],
  ],
  ['CRLF', `a;${BREAKPOINT}\r\nb;`, ['a;', '\r\nb;']],
])('a file is split at the literal: %s', (_, text, chunks) => {
  expect(splitAtBreakpoints(text).map((source) => source.text)).toEqual(chunks)
})

test('every chunk knows where it stands in the file, in UTF-16 units', () => {
  const text = `SELECT 'é😀';${BREAKPOINT}\nSELECT 2;${BREAKPOINT}SELECT 3;`
  for (const source of splitAtBreakpoints(text)) {
    expect(text.slice(source.offset, source.offset + source.text.length)).toBe(source.text)
  }
})
