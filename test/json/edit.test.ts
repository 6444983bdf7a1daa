import { describe, expect, it } from 'vitest'
import { setJson, valueAt } from '../../src/json/edit.ts'

describe('an edited JSON text', () => {
  it('keeps its indentation, comments and line ends, and takes back without a trace', () => {
    for (const text of [
      '{\n  "name": "x",\n  "scripts": {\n    "a": "b"\n  }\n}\n',
      '{\n\t"name": "x",\n\t"scripts": {\n\t\t"a": "b" // why\n\t}\n}',
      '{\r\n    "name": "x",\r\n    "scripts": {\r\n        "a": "b"\r\n    }\r\n}\r\n',
      '{ "name": "x", "scripts": { "a": "b" } }\n',
      '{\n  /* none yet */\n  "name": "x"\n}\n',
    ]) {
      const edited = setJson(text, ['scripts', 'lint'], 'x')
      expect(valueAt(edited, ['scripts', 'lint'])).toBe('x')
      expect(edited).toContain(text.includes('\r\n') ? '\r\n' : '\n')
      expect(edited.match(/\/\*.*\*\/|\/\/.*/g)).toEqual(text.match(/\/\*.*\*\/|\/\/.*/g))
      expect(setJson(edited, ['scripts', 'lint'], undefined)).toBe(text)
    }
  })

  it('puts a dependency where the alphabet has it, and another key at the end', () => {
    const text = '{\n  "devDependencies": {\n    "a": "1",\n    "z": "1"\n  }\n}\n'
    expect(
      Object.keys(valueAt(setJson(text, ['devDependencies', 'm'], '1'), ['devDependencies'])!),
    ).toEqual(['a', 'm', 'z'])
    expect(setJson(text, ['type'], 'module')).toMatch(/\},\n {2}"type": "module"\n\}\n$/)
  })

  it('stays on its line where the others do', () => {
    const text = '{\n  "projects": [\n    { "out": "a" }\n  ]\n}\n'
    expect(setJson(text, ['projects', 0, 'baseline'], 'b')).toContain(
      '{ "out": "a", "baseline": "b" }',
    )
  })
})
