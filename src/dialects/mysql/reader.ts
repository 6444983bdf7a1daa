import { UNREAD_EXPRESSION } from '../../catalog/expression.ts'
import type { SqlReader } from '../../catalog/reader.ts'
import { Cursor } from '../ddl/cursor.ts'
import { expressionOf, mentionsIn } from '../ddl/expressionFacts.ts'
import { tokenize } from '../ddl/lexer.ts'
import { Refusal } from '../ddl/refusal.ts'
import { MYSQL_GRAMMAR } from './grammar.ts'
import { MYSQL_LEXIS } from './lexis.ts'
import { MYSQL_NAMES } from './reserved.ts'
import { readDefault } from './statements/columnDefinition.ts'
import { defaultOf } from './translate/columns.ts'
import { dataType } from './translate/types.ts'
import { readColumnType } from './typeName.ts'

const asWritten = (name: string) => name

/** Reads pieces of SQL that stand alone, in a snapshot for example. */
export const sqlReader = readerOf(asWritten)

/**
 * Reads pieces of SQL about a table.
 *
 * @param spelled - how the table spells its columns
 */
export function readerOf(spelled: (name: string) => string): SqlReader {
  return {
    type: (text) =>
      readPiece(text, (cursor) => {
        const type = readColumnType(cursor)
        return { type: dataType(type, undefined, null), serial: type.name === 'serial' }
      }),
    expression: (text) =>
      readPiece(text, (cursor) => expressionOf(MYSQL_GRAMMAR.expression(cursor), spelled)) ??
      UNREAD_EXPRESSION,
    default: (text) => {
      const found = readPiece(text, (cursor) => {
        const { expression, inParentheses } = readDefault(cursor)
        return { value: defaultOf(expression, inParentheses, spelled) }
      })
      return found ? found.value : UNREAD_EXPRESSION
    },
    indexKey: (text) =>
      readPiece(text, (cursor) => {
        const expression = MYSQL_GRAMMAR.expression(cursor)
        if (!cursor.skip('ASC')) cursor.skip('DESC')
        return expression.kind === 'column'
          ? { columns: [expression.name.text], expressionColumns: [] }
          : { columns: [null], expressionColumns: mentionsIn([expression]).columns }
      }),
  }
}

/**
 * Reads a text as one piece of SQL.
 *
 * @returns null where that is not what it is
 */
export function readPiece<T>(text: string, piece: (cursor: Cursor) => T): T | null {
  try {
    const cursor = new Cursor(tokenize({ text, offset: 0 }, MYSQL_LEXIS).tokens, MYSQL_NAMES)
    const result = piece(cursor)
    return cursor.done ? result : null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
