import { describe, expect, it } from 'vitest'
import { backslashText, standardText } from '../../src/dialects/significantText.ts'

const same = (a: string, b: string, significant = standardText): boolean =>
  significant(a) === significant(b)

describe('what of a migration reaches the database', () => {
  it.each([
    ['layout', 'SELECT  1 ;\n', 'SELECT 1'],
    ['comments', 'SELECT 1; -- one\n/* two */', 'SELECT 1;'],
    ['breakpoints', 'SELECT 1;--> statement-breakpoint\nSELECT 2;', 'SELECT 1;\nSELECT 2;'],
    ['line ends in strings', "SELECT 'a\r\nb'", "SELECT 'a\nb'"],
    ['space at brackets', 'CREATE TABLE "a" ( "id" int )', 'CREATE TABLE "a"("id" int)'],
  ])('%s are not part of it', (_, a, b) => {
    expect(same(a, b)).toBe(true)
  })

  it.each([
    ['a type', 'ALTER TABLE a ADD b int', 'ALTER TABLE a ADD b text'],
    ['what looks like a comment in a string', "SELECT '-- a'", "SELECT '-- b'"],
    ['white space in a string', "SELECT 'a  b'", "SELECT 'a b'"],
    ['a quoted name', 'SELECT "a -- b"', 'SELECT "a -- c"'],
    ['a function body', "SELECT $f$ '-- a $f$", "SELECT $f$ '-- b $f$"],
    ['a quote that is doubled', "SELECT 'it''s -- a'", "SELECT 'it''s -- b'"],
  ])('%s is', (_, a, b) => {
    expect(same(a, b)).toBe(false)
  })

  it('knows strings and comments of MySQL', () => {
    expect(same("SELECT 'a\\'-- b'", "SELECT 'a\\'-- c'", backslashText)).toBe(false)
    expect(same('SELECT 1 # a', 'SELECT 1 # b', backslashText)).toBe(true)
    expect(same('/*!80000 SET a=1 */', '/*!80000 SET a=2 */', backslashText)).toBe(false)
  })
})
