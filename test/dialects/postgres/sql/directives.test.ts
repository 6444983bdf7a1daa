import { describe, expect, test } from 'vitest'
import { engine } from './replayed.ts'

const NEXT = 'migration-lint-disable-next-statement'

function read(text: string) {
  return engine.directives(text).map(({ rules, reason, start, end }) => ({
    rules,
    reason,
    text: text.slice(start, end),
  }))
}

test.each<[string, string, readonly string[], string]>([
  [
    'a line comment',
    `-- ${NEXT} drop-column -- unused since v42`,
    ['drop-column'],
    'unused since v42',
  ],
  ['a block comment', `/* ${NEXT} drop-column -- unused */`, ['drop-column'], 'unused'],
  [
    'a block comment of several lines',
    `/*\n  ${NEXT} drop-column\n  -- not used\n     any more\n*/`,
    ['drop-column'],
    'not used\n     any more',
  ],
  [
    'several rules',
    `-- ${NEXT} drop-column, rename-table,set-not-null -- planned`,
    ['drop-column', 'rename-table', 'set-not-null'],
    'planned',
  ],
  [
    'several rules without commas',
    `-- ${NEXT} drop-column rename-table -- planned`,
    ['drop-column', 'rename-table'],
    'planned',
  ],
  ['no space behind the dashes', `--${NEXT} drop-column --planned`, ['drop-column'], 'planned'],
  [
    'dashes in the reason',
    `-- ${NEXT} drop-column -- see RFC-12 -- it is well-known --really`,
    ['drop-column'],
    'see RFC-12 -- it is well-known --really',
  ],
  ['no reason', `-- ${NEXT} drop-column`, ['drop-column'], ''],
  ['an empty reason', `-- ${NEXT} drop-column --  `, ['drop-column'], ''],
  ['no rule', `-- ${NEXT}`, [], ''],
  ['no rule but a reason', `-- ${NEXT} -- because`, [], 'because'],
  ['a reason beyond ASCII', `-- ${NEXT} drop-column -- größer 😀`, ['drop-column'], 'größer 😀'],
])('a directive in %s', (_, comment, rules, reason) => {
  for (const [before, after] of [
    ['', '\nSELECT 1;'],
    ["SELECT 'é😀';\n", '\nSELECT 1;'],
    ['', '\r\nSELECT 1;\r\n'],
    ['', ''],
  ]) {
    const [directive, ...others] = read(`${before}${comment}${after}`)
    expect(others).toEqual([])
    expect(directive).toMatchObject({ rules, reason })
    expect(directive?.text.trim()).toBe(comment.trim())
  }
})

describe('a directive is', () => {
  test('one of several in a file, over chunks, each in its place', () => {
    const text = `-- ${NEXT} a -- é\nSELECT 1;--> statement-breakpoint\n/* ${NEXT} b -- 😀 */ SELECT 2; -- ${NEXT} c -- x`
    expect(read(text)).toEqual([
      { rules: ['a'], reason: 'é', text: `-- ${NEXT} a -- é` },
      { rules: ['b'], reason: '😀', text: `/* ${NEXT} b -- 😀 */` },
      { rules: ['c'], reason: 'x', text: `-- ${NEXT} c -- x` },
    ])
  })

  test('the line before a breakpoint, too', () => {
    expect(read(`-- ${NEXT} a -- x\n--> statement-breakpoint\nSELECT 1;`)).toEqual([
      { rules: ['a'], reason: 'x', text: `-- ${NEXT} a -- x` },
    ])
    expect(read(`-- ${NEXT} a -- x--> statement-breakpoint\nSELECT 1;`)[0]).toMatchObject({
      reason: 'x',
    })
  })

  test.each([
    ['a string', `SELECT '-- ${NEXT} a -- x';`],
    ['a string of several lines', `SELECT '\n-- ${NEXT} a -- x\n';`],
    ['a dollar quote', `DO $$ BEGIN\n-- ${NEXT} a -- x\nNULL; END $$;`],
    ['a name', `SELECT "-- ${NEXT} a -- x";`],
    ['a comment that only mentions it', `-- see ${NEXT} a -- x`],
    ['a comment inside of another', `/* /* ${NEXT} a -- x */ */ SELECT 1;`],
    ['a comment of another tool', '-- squawk-ignore-next-statement a'],
  ])('not what stands in %s', (_, text) => {
    expect(read(text)).toEqual([])
  })

  test('read beside a statement that does not parse', () => {
    expect(read(`DORP TABLE x;\n-- ${NEXT} a -- x\nSELECT 1;`)).toHaveLength(1)
  })

  test('read behind a byte order mark', () => {
    expect(read(`\uFEFF-- ${NEXT} a -- x\nSELECT 1;`)).toEqual([
      { rules: ['a'], reason: 'x', text: `-- ${NEXT} a -- x` },
    ])
  })
})
