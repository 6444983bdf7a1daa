import { describe, expect, test } from 'vitest'
import { Lines } from '../../src/report/position.ts'

const at = (text: string, part: string) => new Lines(text).position(text.indexOf(part))

describe('positions count from 1, columns in UTF-16 units', () => {
  test.each([
    ['the start', 'x', { line: 1, column: 1 }],
    ['after LF', 'a\nbx', { line: 2, column: 2 }],
    ['after CRLF', 'a\r\nbx', { line: 2, column: 2 }],
    ['after a lone CR', 'a\rbx', { line: 2, column: 2 }],
    ['after é', 'éx', { line: 1, column: 2 }],
    ['after an emoji, which takes two units', '🦉x', { line: 1, column: 3 }],
    ['after a tab', '\tx', { line: 1, column: 2 }],
    ['after a byte order mark, which has no column', '\uFEFFx', { line: 1, column: 1 }],
    ['on the line after a byte order mark', '\uFEFFa\nx', { line: 2, column: 1 }],
  ])('%s', (_, text, position) => {
    expect(at(text, 'x')).toEqual(position)
  })

  test('the offset of the byte order mark itself is the first place', () => {
    expect(new Lines('\uFEFFx').position(0)).toEqual({ line: 1, column: 1 })
  })

  test('the end of the text', () => {
    expect(new Lines('a\nb').position(3)).toEqual({ line: 2, column: 2 })
  })
})

test('a line is known without its line break', () => {
  const text = 'ab\r\ncd\n'
  const lines = new Lines(text)
  const texts = [1, 2, 3].map((line) => {
    const { start, end } = lines.range(line)
    return text.slice(start, end)
  })
  expect(texts).toEqual(['ab', 'cd', ''])
  expect(lines.count).toBe(3)
})
