import { describe, expect, test, vi } from 'vitest'
import { codeFrame } from '../../src/report/codeFrame.ts'
import { painter } from '../../src/report/paint.ts'
import { Lines } from '../../src/report/position.ts'
import { displayWidth } from '../../src/report/width.ts'
import { rangeOf } from './fixtures.ts'

function frame(text: string, part: string, width = 80): string {
  const lines = codeFrame(text, new Lines(text), rangeOf(text, part), width, painter(false))
  return `\n${lines.join('\n')}\n`
}

/** Where the underline starts and how long it is, in columns of a terminal. */
function underlined(text: string, part: string, width = 80): [number, number] {
  const line = frame(text, part, width)
    .split('\n')
    .find((candidate) => /\| +\^+$/.test(candidate))!
  const code = line.slice(line.indexOf('|') + 2)
  return [code.indexOf('^'), code.length - code.indexOf('^')]
}

test('the part to blame is underlined under its line', () => {
  expect(frame('ALTER TABLE "users" DROP COLUMN "email";\n', '"email"')).toBe(`
> 1 | ALTER TABLE "users" DROP COLUMN "email";
    |                                 ^^^^^^^
`)
})

test('other lines of the same statement stand around it, those of others do not', () => {
  const text = [
    'DROP TABLE a;--> statement-breakpoint',
    'CREATE TABLE b (',
    '  id int,',
    '  name text,',
    '  email text',
    ');',
    'DROP TABLE c;',
  ].join('\n')
  expect(frame(text, 'name text')).toBe(`
  2 | CREATE TABLE b (
  3 |   id int,
> 4 |   name text,
    |   ^^^^^^^^^
  5 |   email text
`)
  expect(frame(text, 'DROP TABLE a')).toBe(`
> 1 | DROP TABLE a;--> statement-breakpoint
    | ^^^^^^^^^^^^
`)
  expect(frame(text, 'DROP TABLE c')).toBe(`
> 7 | DROP TABLE c;
    | ^^^^^^^^^^^^
`)
})

test('a byte order mark, which takes no column, is shown at the start of the line', () => {
  expect(underlined('\uFEFFDROP TABLE a;', '\uFEFF')).toEqual([0, 1])
})

test('line numbers of different length are aligned', () => {
  const text = `${'\n'.repeat(8)}ALTER TABLE a\n  DROP b\n`
  expect(frame(text, 'DROP b')).toBe(`
   9 | ALTER TABLE a
> 10 |   DROP b
     |   ^^^^^^
`)
})

test('a range over a few lines shows them all and underlines the first', () => {
  const statement = 'ALTER TABLE a\n  DROP b,\n  DROP c'
  expect(frame(`${statement};\n`, statement)).toBe(`
> 1 | ALTER TABLE a
    | ^^^^^^^^^^^^^
> 2 |   DROP b,
> 3 |   DROP c;
`)
})

test('a range over many lines shows the first ones and counts the others', () => {
  const body = Array.from({ length: 30 }, (_, i) => `  c${i} int`).join(',\n')
  const text = `CREATE TABLE b (\n${body}\n);`
  expect(frame(text, text)).toBe(`
> 1 | CREATE TABLE b (
    | ^^^^^^^^^^^^^^^^
> 2 |   c0 int,
> 3 |   c1 int,
    | … 29 more lines
`)
})

describe('the underline stands under its part as a terminal shows it', () => {
  test.each([
    ['ASCII', 'abc TARGET', [4, 6]],
    ['é, precomposed', 'é TARGET', [2, 6]],
    ['é, with a combining accent', 'e\u0301 TARGET', [2, 6]],
    ['an emoji, two columns wide', '🦉 TARGET', [3, 6]],
    ['an emoji made of several', '👩‍👩‍👧 TARGET', [3, 6]],
    ['Chinese, two columns each', '数据 TARGET', [5, 6]],
    ['a tab, shown as four spaces', '\tTARGET', [4, 6]],
    ['a byte order mark, not shown', '\uFEFFTARGET', [0, 6]],
  ])('%s', (_, text, expected) => {
    expect(underlined(text, 'TARGET')).toEqual(expected)
    expect(underlined(`DROP TABLE a;\r\n${text.replace('\uFEFF', '')};\r\n`, 'TARGET')).toEqual(
      expected,
    )
  })

  test('a part of wide characters has a wide underline', () => {
    expect(underlined('DROP "数据🦉"', '数据🦉')).toEqual([6, 6])
  })

  test('no carriage return is printed', () => {
    expect(frame('a\r\nb\r\n', 'a')).not.toContain('\r')
  })

  test('an empty part still has a mark', () => {
    expect(underlined('DROP', '')).toEqual([0, 1])
  })
})

describe('a line that does not fit is cut around its part', () => {
  const values = Array.from({ length: 400 }, (_, i) => `(${i})`).join(', ')

  test('in the middle', () => {
    const text = `INSERT INTO t VALUES ${values}, (TARGET), ${values};`
    expect(frame(text, 'TARGET', 40)).toBe(`
> 1 | … (398), (399), (TARGET), (0), (1), (2)…
    |                  ^^^^^^
`)
  })

  test('at the start', () => {
    const text = `TARGET ${values}`
    expect(frame(text, 'TARGET', 40)).toBe(`
> 1 | TARGET (0), (1), (2), (3), (4), (5), (…
    | ^^^^^^
`)
  })

  test('at the end', () => {
    expect(underlined(`${values} TARGET`, 'TARGET', 40)[1]).toBe(6)
    expect(frame(`${values} TARGET`, 'TARGET', 40)).toMatch(/ TARGET\n/)
  })

  test('a part longer than the line is underlined as far as it shows', () => {
    const text = `INSERT INTO t VALUES ${values};`
    const [start, length] = underlined(text, text, 40)
    expect([start, length]).toEqual([0, 38])
  })

  test.each([20, 41, 80, 81])('nothing is wider than %i columns, emoji included', (width) => {
    const text = `INSERT INTO t VALUES ('${'🦉é\t'.repeat(500)}TARGET${'👩‍👩‍👧'.repeat(500)}');`
    for (const line of frame(text, 'TARGET', width).trim().split('\n')) {
      expect(displayWidth(line.slice(line.indexOf('|') + 2))).toBeLessThanOrEqual(width)
    }
    expect(frame(text, 'TARGET', width)).toContain('TARGET')
    expect(underlined(text, 'TARGET', width)[1]).toBe(6)
  })

  test('of five megabytes on one line no more is looked at than is shown', () => {
    const text = `${'é'.repeat(2_500_000)}TARGET${'é'.repeat(2_500_000)}`
    const segmented = vi.spyOn(Intl.Segmenter.prototype, 'segment')
    expect(frame(text, 'TARGET', 40)).toContain('TARGET')
    const looked = segmented.mock.calls.reduce((sum, [part]) => sum + part.length, 0)
    segmented.mockRestore()
    expect(looked).toBeGreaterThan(40)
    expect(looked).toBeLessThan(500)
  })
})

test('what would steer the terminal is shown as a dot', () => {
  expect(frame('DROP "\u001b[31mx"', 'DROP')).toBe(`
> 1 | DROP "·[31mx"
    | ^^^^
`)
})
