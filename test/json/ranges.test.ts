import { describe, expect, it } from 'vitest'
import { setJson } from '../../src/json/edit.ts'
import { jsonErrorAt, jsonRange } from '../../src/json/ranges.ts'

const TEXT = '{\n  "a": [1, {"when": 7, "s": "x\\"]}"}],\n  "b": {}\n}'

describe('jsonRange', () => {
  it.each([
    [['a', 1, 'when'], '7'],
    [['a', 0], '1'],
    [['a', 1, 's'], '"x\\"]}"'],
    [['b'], '{}'],
    [[], TEXT],
  ])('%j', (path, expected) => {
    const range = jsonRange(TEXT, path)
    expect(range && TEXT.slice(range.start, range.end)).toBe(expected)
  })

  it('is null where there is none', () => {
    for (const path of [['c'], ['a', 2], ['a', 'x'], [0], ['b', 'x']]) {
      expect(jsonRange(TEXT, path)).toBeNull()
    }
    expect(jsonRange('', ['a'])).toBeNull()
  })

  it('is that of the last one, of a key that is written twice', () => {
    const range = jsonRange('{"a": 1, "a": 22}', ['a'])
    expect(range).toEqual({ start: 14, end: 16 })
  })

  it('is null for what is nested too deep, though JSON.parse reads it', () => {
    const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(() => JSON.parse(text) as unknown).not.toThrow()
    expect(jsonRange(text, [0])).toBeNull()
    expect(jsonErrorAt(text)).toBeNull()
    expect(jsonErrorAt(`${text},`)).toBeNull()
  })
})

describe('jsonErrorAt', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    for (const text of [TEXT, '[]', ' null ', '"\\u00e4"', '-1.5e3', '[[],{}]']) {
      expect(() => JSON.parse(text) as unknown).not.toThrow()
      expect(jsonErrorAt(text)).toBeNull()
    }
    const broken: Record<string, number> = {
      '{"a":1,}': 7,
      '[1 2]': 3,
      '{"a"}': 4,
      '': 0,
      '{"a":': 5,
      '01': 1,
      "{'a':1}": 1,
      '{} x': 3,
      '[tru]': 1,
    }
    for (const [text, at] of Object.entries(broken)) {
      expect(() => JSON.parse(text) as unknown).toThrow()
      expect([text, jsonErrorAt(text)]).toEqual([text, at])
    }
  })
})

describe('setJson', () => {
  it.each([
    ['{}', ['a'], 1, '{\n  "a": 1\n}'],
    ['{"a": 1}', ['b'], 2, '{"a": 1, "b": 2}'],
    ['{ "a": 1 }', ['b'], 2, '{ "a": 1, "b": 2 }'],
    ['{\n\t"a": 1\n}\n', ['b', 'c'], 2, '{\n\t"a": 1,\n\t"b": {\n\t\t"c": 2\n\t}\n}\n'],
    ['{\n  "a": 1\n}\n', ['a'], 'x', '{\n  "a": "x"\n}\n'],
    ['{\r\n  "a": 1\r\n}\r\n', ['b'], 2, '{\r\n  "a": 1,\r\n  "b": 2\r\n}\r\n'],
  ])('%j %j', (text, path, value, expected) => {
    expect(setJson(text, path, value)).toBe(expected)
    expect(() => JSON.parse(setJson(text, path, value)) as unknown).not.toThrow()
  })
})
