import { describe, expect, test } from 'vitest'
import { painter, wantsColor } from '../../src/report/paint.ts'
import { shownPath } from '../../src/report/path.ts'
import { fatalText } from '../../src/report/problem.ts'
import { displayWidth } from '../../src/report/width.ts'
import { wrap } from '../../src/report/wrap.ts'

describe('colours', () => {
  test.each([
    ['a terminal', false, {}, true, true],
    ['a pipe', false, {}, false, false],
    ['a terminal that cannot', false, { TERM: 'dumb' }, true, false],
    ['NO_COLOR', false, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR means nothing', false, { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR into a pipe', false, { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', false, { FORCE_COLOR: '0' }, true, false],
    ['FORCE_COLOR wins over NO_COLOR', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true, true],
    ['--no-color wins over all', true, { FORCE_COLOR: '1' }, true, false],
  ])('%s', (_, noColor, env, isTerminal, expected) => {
    expect(wantsColor(noColor, env, isTerminal)).toBe(expected)
  })
})

test.each([
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['数据', 4],
  ['🦉', 2],
  ['👩‍👩‍👧', 2],
  ['⚠️', 2],
])('%s takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

describe('prose is broken into lines', () => {
  test('indented under its prefix', () => {
    expect(wrap('one two three four', 'help: ', 15)).toEqual([
      'help: one two',
      '      three',
      '      four',
    ])
  })

  test('its own lines and their indentation are kept', () => {
    expect(wrap('a\n  b c\n\nd', '', 4)).toEqual(['a', '  b', '  c', '', 'd'])
  })

  test('a word longer than a line stays whole', () => {
    expect(wrap('a verylongword b', '', 5)).toEqual(['a', 'verylongword', 'b'])
  })

  test('or not at all', () => {
    expect(wrap('one two three four', '  ', null)).toEqual(['  one two three four'])
  })
})

test.each([
  ['/repo', 'drizzle/a.sql'],
  ['/repo/drizzle', 'a.sql'],
  ['/repo/apps/web', '../../drizzle/a.sql'],
])('seen from %s the path is %s', (cwd, path) => {
  expect(shownPath('drizzle/a.sql', { root: '/repo', cwd })).toBe(path)
})

test('why the tool stops is one line and what to do about it', () => {
  const problem = { message: 'unknown base "x"', file: null, help: 'Fetch it first.' }
  expect(fatalText(problem, { root: '/repo', cwd: '/repo' }, painter(false))).toBe(
    'migration-lint: unknown base "x"\n  help: Fetch it first.\n',
  )
  expect(fatalText({ ...problem, help: '' }, { root: '/repo', cwd: '/repo' }, painter(false))).toBe(
    'migration-lint: unknown base "x"\n',
  )
})
