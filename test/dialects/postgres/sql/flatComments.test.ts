import { expect, test } from 'vitest'
import { withFlatComments } from '../../../../src/dialects/postgres/sql/flatComments.ts'
import { loadParser } from '../../../../src/dialects/postgres/sql/loadParser.ts'

const parser = await loadParser()
const deep = (depth: number) => '/*'.repeat(depth) + '*/'.repeat(depth)

test('text without long runs of operators stays what it is', () => {
  const sql = `SELECT 1 /* a /* b */ c */ + 2 -- '\n`
  expect(withFlatComments(sql)).toBe(sql)
})

test('a nested comment becomes a flat one of the same size, and what follows stays', () => {
  const sql = `SELECT 1; ${deep(300)} SELECT 'ä', '/*';`
  const flat = withFlatComments(sql)
  expect(flat).toBe(`SELECT 1; /*${' '.repeat(1196)}*/ SELECT 'ä', '/*';`)
})

test.each([
  ['a string', `'${deep(300)}'`],
  ['an escaped string', `E'\\'${deep(300)}'`],
  ['a name', `"${deep(300)}"`],
  ['dollar quotes', `$a$ $b$ ${deep(300)} $a$`],
  ['a comment of one line', `-- ${deep(300)}\n1`],
])('in %s nothing is a comment', (_, text) => {
  const sql = `SELECT ${text}, 2`
  expect(withFlatComments(sql)).toBe(sql)
})

test.each([
  `SELECT 1 ${deep(200)}; CREATE TABLE t (id int);`,
  `/* ${deep(200)} - ' */ SELECT $x$ /* $x$, 'it''s', E'\\'' ${deep(200)}, 3;`,
  `SELECT 1 -${deep(150)} 2; SELECT a${deep(150)}b FROM t;`,
])('PostgreSQL reads the same: %#', (sql) => {
  const lengths = (tokens: readonly { start: number; end: number; tokenName: string }[]) =>
    tokens.map(({ start, end, tokenName }) => ({ start, end, tokenName }))
  expect(lengths(parser.scan(withFlatComments(sql)))).toEqual(lengths(parser.scan(sql)))
  expect(parser.parse(withFlatComments(sql))).toEqual(parser.parse(sql))
})

test('50,000 comments that do not end are refused at once, in few words', () => {
  const refusal = (() => {
    try {
      return parser.parse(`SELECT 1; ${'/*'.repeat(50_000)}`)
    } catch (error) {
      return error as Error
    }
  })()
  expect(refusal).toMatchObject({ cursor: 10 })
  expect((refusal as Error).message).toMatch(/^unterminated \/\* comment/)
  expect((refusal as Error).message.length).toBeLessThan(400)
})
