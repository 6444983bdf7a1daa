import { UNREAD_EXPRESSION } from '../../catalog/expression.ts'
import type { SqlReader } from '../../catalog/reader.ts'
import { Cursor } from '../ddl/cursor.ts'
import { expressionOf, mentionsIn } from '../ddl/expressionFacts.ts'
import { tokenize } from '../ddl/lexer.ts'
import { readSortKey } from '../ddl/queryReader.ts'
import { Refusal } from '../ddl/refusal.ts'
import { SQLITE_GRAMMAR } from './grammar.ts'
import { SQLITE_LEXIS } from './lexis.ts'
import { SQLITE_NAMES } from './reserved.ts'
import { readColumnDefinition } from './statements/columnDefinition.ts'
import { definedType } from './translate/columns.ts'

const asWritten = (name: string) => name

/** Reads pieces of SQL that stand alone, in a snapshot for example. */
export const sqlReader: SqlReader = {
  // What a custom type writes may say more than a type: `text COLLATE NOCASE`.
  type: (text) => {
    const definition = read(`"" ${text}`, readColumnDefinition)
    return definition && { type: definedType(definition), serial: false }
  },
  expression: (text) => expressionIn(text),
  default: (text) => {
    const expression = expressionIn(text)
    return expression.isNull ? null : expression
  },
  indexKey: (text) =>
    read(text, (cursor) => {
      const { expression } = readSortKey(cursor, SQLITE_GRAMMAR)
      return expression.kind === 'column'
        ? { columns: [expression.name.text], expressionColumns: [] }
        : { columns: [null], expressionColumns: mentionsIn([expression]).columns }
    }),
}

function expressionIn(text: string) {
  return (
    read(text, (cursor) => expressionOf(SQLITE_GRAMMAR.expression(cursor), asWritten)) ??
    UNREAD_EXPRESSION
  )
}

/** null for text that is not one piece of its kind. */
function read<T>(text: string, piece: (cursor: Cursor) => T): T | null {
  try {
    const cursor = new Cursor(tokenize({ text, offset: 0 }, SQLITE_LEXIS).tokens, SQLITE_NAMES)
    const result = piece(cursor)
    return cursor.done ? result : null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
