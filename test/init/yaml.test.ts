import { describe, expect, it } from 'vitest'
import { withEntry, withoutEntry } from '../../src/init/yaml.ts'

const ENTRY = ['mine:', '  run: x']

describe('an entry of YAML', () => {
  it.each([
    ['', 'a:\n  b:\n    mine:\n      run: x\n'],
    ['# only a comment\n', '# only a comment\na:\n  b:\n    mine:\n      run: x\n'],
    ['c: 1', 'c: 1\na:\n  b:\n    mine:\n      run: x\n'],
    ['a:\n  c: 1 # why\nd: 2\n', 'a:\n  c: 1 # why\n  b:\n    mine:\n      run: x\nd: 2\n'],
    [
      'a:\n    b:\n        one: |\n            two\n            three\n\n# of c\nc: 1\n',
      'a:\n    b:\n        one: |\n            two\n            three\n        mine:\n          run: x\n\n# of c\nc: 1\n',
    ],
    ['a:\r\n  b:\r\n    c: 1\r\n', 'a:\r\n  b:\r\n    c: 1\r\n    mine:\r\n      run: x\r\n'],
  ])('is put where it belongs, and taken out again: %j', (text, expected) => {
    const edited = withEntry(text, ['a', 'b'], ENTRY)
    expect(edited).toBe(expected)
    const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`
    expect(withoutEntry(expected, ['a', 'b'], ENTRY)).toBe(ended)
  })

  it.each([
    ['repos:\n- repo: a\n  hooks: []\n', 'repos:\n- repo: a\n  hooks: []\n- mine: 1\n'],
    ['repos:\n  - repo: a\n', 'repos:\n  - repo: a\n  - mine: 1\n'],
  ])('is put into a list: %j', (text, expected) => {
    expect(withEntry(text, ['repos'], ['- mine: 1'])).toBe(expected)
    expect(withoutEntry(expected, ['repos'], ['- mine: 1'])).toBe(text)
  })

  it.each(['a: { b: { c: 1 } }\n', 'a: [\n', '- a\n', 'a: &x\n  b: *x\n  c: }\n', 'a: 1\n'])(
    'is not put where that would rewrite what is there: %j',
    (text) => {
      expect(withEntry(text, ['a', 'b'], ENTRY)).toBe(null)
    },
  )
})
