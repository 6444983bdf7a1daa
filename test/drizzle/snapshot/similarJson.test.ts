import { describe, expect, test } from 'vitest'
import { SimilarJson } from '../../../src/drizzle/snapshot/similarJson.ts'

type Tables = Readonly<Record<string, unknown>>

const table = (name: string, ...columns: readonly string[]) => ({
  name,
  columns: Object.fromEntries(columns.map((column) => [column, { name: column, type: 'text' }])),
  indexes: {},
})

const A = table('a', 'id')
const B = table('b', 'id', 'größe')
const C = table('c', 'id')

/** A snapshot as drizzle-kit writes it. */
function file(tables: Tables, more: object = {}): string {
  return JSON.stringify(
    { id: 'x', version: '7', tables, enums: { e: { values: ['{', '}'] } }, ...more },
    null,
    2,
  )
}

/** What is read of some files, one after the other. */
function parsed(...texts: readonly string[]): unknown[] {
  const parser = new SimilarJson()
  return texts.map((text) => parser.parse(Buffer.from(text)))
}

describe('what is read of a file is what JSON.parse reads', () => {
  test.each<[string, ...string[]]>([
    ['the same file again', file({ A, B }), file({ A, B })],
    ['a table added', file({ A, C }), file({ A, B, C }), file({ A, B, C })],
    ['a table removed', file({ A, B, C }), file({ A, C }), file({ C })],
    ['a table changed', file({ A, B, C }), file({ A, B: table('b', 'id'), C })],
    ['a table renamed', file({ A, B, C }), file({ A, D: B, C })],
    ['tables in another order', file({ A, B, C }), file({ C, A, B })],
    ['no tables', file({ A }), file({}), file({ A })],
    ['a line break and braces in a string', file({ A: { ...A, check: '\n    },\n  }\n' } })],
    [
      'a column called tables',
      file({ A: table('a', 'tables') }),
      file({ A }, { _meta: { tables: { x: 'y' } } }),
    ],
    [
      'more than one key of a name',
      '{\n  "tables": {\n    "a": {\n    }\n  },\n  "tables": 3\n}',
      '{\n  "tables": {\n    "a": {\n    },\n    "a": {\n      "b": 1\n    }\n  }\n}',
    ],
    ['an odd name', '{\n  "tables": {\n    "__proto__": {\n      "name": 1\n    }\n  }\n}'],
    [
      'other indentation',
      JSON.stringify({ tables: { A, B } }),
      JSON.stringify({ tables: { A, B } }, null, 4),
      JSON.stringify({ tables: { A } }, null, '\t'),
    ],
    ['line breaks of Windows', file({ A, B }), file({ A, B }).replaceAll('\n', '\r\n')],
    [
      'tables that are none',
      file({ A }, { tables: null }),
      file({}, { tables: ['a'] }),
      '[]',
      '3',
      'null',
    ],
  ])('%s', (_, ...texts) => {
    const read = parsed(...texts)
    expect(read).toEqual(texts.map((text) => JSON.parse(text) as unknown))
    // Its keys in their order, too.
    expect(JSON.stringify(read)).toBe(
      JSON.stringify(texts.map((text) => JSON.parse(text) as unknown)),
    )
  })

  test('after a byte order mark', () => {
    expect(parsed(file({ A }), `\uFEFF${file({ A })}`)[1]).toEqual(JSON.parse(file({ A })))
  })

  test.each([
    ['cut off', file({ A, B }).slice(0, -20)],
    ['cut off in a table', file({ A, B }).slice(0, 90)],
    ['without a comma', file({ A, B }).replace('    },\n    "B"', '    }\n    "B"')],
    ['with a comma too many', file({ A, B }).replace('    }\n  },', '    },\n  },')],
    ['with a conflict', file({ A, B }).replace('    "B"', '<<<<<<< ours\n    "B"')],
    ['followed by more', `${file({ A, B })} }`],
  ])('a file is refused that is %s', (_, text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    expect(() => parsed(file({ A, B }), text)).toThrow(SyntaxError)
  })
})

test('a table that did not change is the same object', () => {
  const files = [file({ A, B, C }), file({ A, X: table('x'), B: table('b'), C }), file({ A, C })]
  const [first, second, third] = parsed(...files) as { tables: Record<string, unknown> }[]
  expect(second!.tables['A']).toBe(first!.tables['A'])
  expect(second!.tables['B']).not.toBe(first!.tables['B'])
  expect(second!.tables['C']).toBe(first!.tables['C'])
  expect(third!.tables['C']).toBe(first!.tables['C'])
})
