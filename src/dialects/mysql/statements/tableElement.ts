import type { Cursor } from '../../ddl/cursor.ts'
import type { Name } from '../../ddl/syntax.ts'
import { MYSQL_GRAMMAR } from '../grammar.ts'
import { isCheck, readCheck } from './columnDefinition.ts'
import { readKeyColumn, readReferences } from './references.ts'
import type { KeyPart, TableElement } from './statement.ts'

const STARTS: ReadonlySet<string> = new Set([
  'CONSTRAINT',
  'PRIMARY',
  'UNIQUE',
  'INDEX',
  'KEY',
  'FULLTEXT',
  'SPATIAL',
  'FOREIGN',
  'CHECK',
])

/** Whether an index or constraint comes next, not a column. */
export function isTableElement(cursor: Cursor): boolean {
  return cursor.isOneOf(STARTS)
}

/** An index or a constraint of a table. */
export function readTableElement(cursor: Cursor): TableElement {
  const { start } = cursor
  if (isCheck(cursor)) return { kind: 'check', check: readCheck(cursor), ...cursor.since(start) }
  const isNamed = cursor.skip('CONSTRAINT') && cursor.isName()
  const constraint = isNamed ? cursor.name() : null
  if (cursor.skip('FOREIGN', 'KEY')) return readForeignKey(cursor, start, constraint)
  if (cursor.skip('PRIMARY', 'KEY')) {
    skipIndexType(cursor)
    if (!cursor.isSymbol('(')) cursor.name()
    return {
      kind: 'primary key',
      name: null,
      ...readKeys(cursor),
      ifNotExists: false,
      ...cursor.since(start),
    }
  }
  const kind = readKind(cursor)
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const own = cursor.isName() && !isIndexType(cursor) ? cursor.name() : null
  skipIndexType(cursor)
  const { keys } = readKeys(cursor)
  return { kind, name: own ?? constraint, keys, ifNotExists, ...cursor.since(start) }
}

function readKind(cursor: Cursor): 'unique' | 'index' | 'fulltext' | 'spatial' {
  const kind = cursor.skip('UNIQUE')
    ? 'unique'
    : cursor.skip('FULLTEXT')
      ? 'fulltext'
      : cursor.skip('SPATIAL')
        ? 'spatial'
        : 'index'
  const isWritten = cursor.skip('INDEX') || cursor.skip('KEY')
  if (!isWritten && kind === 'index') cursor.fail()
  return kind
}

function readForeignKey(cursor: Cursor, start: number, constraint: Name | null): TableElement {
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const index = cursor.isSymbol('(') ? null : cursor.name()
  const columns = cursor.list(() => readKeyColumn(cursor))
  const references = readReferences(cursor)
  const name = constraint ?? index
  return { kind: 'foreign key', name, columns, references, ifNotExists, ...cursor.since(start) }
}

/** `(parts) [options]`. */
export function readKeys(cursor: Cursor): { readonly keys: readonly KeyPart[] } {
  const keys = cursor.list(() => readKeyPart(cursor))
  skipIndexOptions(cursor)
  return { keys }
}

function readKeyPart(cursor: Cursor): KeyPart {
  const { start } = cursor
  const part = cursor.isSymbol('(') ? readExpressionPart(cursor) : readColumnPart(cursor)
  if (!cursor.skip('ASC')) cursor.skip('DESC')
  return { ...part, ...cursor.since(start) }
}

function readExpressionPart(cursor: Cursor): Omit<KeyPart, 'start' | 'end'> {
  cursor.needSymbol('(')
  const expression = MYSQL_GRAMMAR.expression(cursor)
  cursor.needSymbol(')')
  // A column in parentheses is an expression all the same, which InnoDB refuses.
  return { expression, length: null }
}

function readColumnPart(cursor: Cursor): Omit<KeyPart, 'start' | 'end'> {
  const name = cursor.name()
  const { start, end } = name
  let length: number | null = null
  if (cursor.skipSymbol('(')) {
    if (cursor.peek().kind !== 'number') cursor.fail()
    length = Number(cursor.next().text)
    cursor.needSymbol(')')
  }
  return { expression: { kind: 'column', table: null, name, start, end }, length }
}

function isIndexType(cursor: Cursor): boolean {
  return cursor.is('USING') || (cursor.is('TYPE') && !cursor.isSymbol('(', 1))
}

/** `USING BTREE`. */
export function skipIndexType(cursor: Cursor): void {
  if (!isIndexType(cursor)) return
  cursor.next()
  if (!cursor.skip('BTREE') && !cursor.skip('HASH')) cursor.need('RTREE')
}

/** What may stand behind the parts of an index. */
export function skipIndexOptions(cursor: Cursor): void {
  for (;;) {
    if (isIndexType(cursor)) skipIndexType(cursor)
    else if (cursor.skip('COMMENT')) cursor.next()
    else if (cursor.skip('WITH', 'PARSER')) cursor.name()
    else if (
      cursor.skip('KEY_BLOCK_SIZE') ||
      cursor.skip('ENGINE_ATTRIBUTE') ||
      cursor.skip('SECONDARY_ENGINE_ATTRIBUTE')
    ) {
      cursor.skipSymbol('=')
      cursor.next()
    } else if (
      !cursor.skip('VISIBLE') &&
      !cursor.skip('INVISIBLE') &&
      !cursor.skip('IGNORED') &&
      !cursor.skip('NOT', 'IGNORED')
    ) {
      return
    }
  }
}
