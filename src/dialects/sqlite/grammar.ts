import type { Cursor } from '../ddl/cursor.ts'
import { readExpression } from '../ddl/expressionReader.ts'
import { type Grammar, operation } from '../ddl/grammar.ts'
import { readQuery } from '../ddl/queryReader.ts'
import type { Expr } from '../ddl/syntax.ts'
import { readTypeName } from './typeName.ts'

/** SQLite's expressions; the tightness of operators is that of src/parse.y. */
export const SQLITE_GRAMMAR: Grammar = {
  binary: new Map([
    ['OR', 1],
    ['AND', 2],
    ['=', 4],
    ['==', 4],
    ['<>', 4],
    ['!=', 4],
    ['<', 5],
    ['<=', 5],
    ['>', 5],
    ['>=', 5],
    ['&', 7],
    ['|', 7],
    ['<<', 7],
    ['>>', 7],
    ['+', 8],
    ['-', 8],
    ['*', 9],
    ['/', 9],
    ['%', 9],
    ['||', 10],
    ['->', 10],
    ['->>', 10],
  ]),
  not: 3,
  comparison: 4,
  collate: 11,
  likes: new Set(['LIKE', 'GLOB', 'MATCH', 'REGEXP']),
  prefixes: new Set(['-', '+', '~']),
  now: new Set(['CURRENT_DATE', 'CURRENT_TIME', 'CURRENT_TIMESTAMP']),
  expression: (cursor, tightness) => readExpression(cursor, SQLITE_GRAMMAR, tightness),
  query: (cursor) => readQuery(cursor, SQLITE_GRAMMAR),
  special: readRaise,
  type: (cursor) => readTypeName(cursor)?.words ?? '',
  skipIndexHint,
}

/** `RAISE(IGNORE)`, `RAISE(ABORT, 'message')`: in triggers. */
function readRaise(cursor: Cursor): Expr | null {
  if (!cursor.is('RAISE') || !cursor.isSymbol('(', 1)) return null
  const { start } = cursor
  cursor.next()
  cursor.needSymbol('(')
  const operands: Expr[] = []
  if (!cursor.skip('IGNORE')) {
    if (!cursor.skip('ROLLBACK') && !cursor.skip('ABORT')) cursor.need('FAIL')
    cursor.needSymbol(',')
    operands.push(readExpression(cursor, SQLITE_GRAMMAR))
  }
  cursor.needSymbol(')')
  return operation(cursor, start, 'RAISE', operands)
}

/** `INDEXED BY name`, `NOT INDEXED`. */
export function skipIndexHint(cursor: Cursor): void {
  if (cursor.skip('INDEXED', 'BY')) cursor.name()
  else cursor.skip('NOT', 'INDEXED')
}
