import type { Cursor } from '../../ddl/cursor.ts'
import type { Expr, Name } from '../../ddl/syntax.ts'
import { MYSQL_GRAMMAR } from '../grammar.ts'
import { readCharset, readColumnType } from '../typeName.ts'
import { readReferences } from './references.ts'
import type { Check, ColumnAttribute, ColumnDefinition } from './statement.ts'

/** `name type [attributes]`. */
export function readColumnDefinition(cursor: Cursor): ColumnDefinition {
  const { start } = cursor
  return readDefinitionOf(cursor, cursor.name(), start)
}

/** The definition behind a column's name. */
export function readDefinitionOf(cursor: Cursor, name: Name, start: number): ColumnDefinition {
  const type = readColumnType(cursor)
  const attributes: ColumnAttribute[] = []
  for (let one = readAttribute(cursor); one !== null; one = readAttribute(cursor)) {
    attributes.push(one)
  }
  return { name, type, attributes, ...cursor.since(start) }
}

/** What an attribute says, without where it stands. */
type Body = ColumnAttribute extends infer A
  ? A extends ColumnAttribute
    ? Omit<A, 'start' | 'end'>
    : never
  : never

function readAttribute(cursor: Cursor): ColumnAttribute | null {
  const { start } = cursor
  const body = readBody(cursor)
  return body && ({ ...body, ...cursor.since(start) } as ColumnAttribute)
}

function readBody(cursor: Cursor): Body | null {
  if (cursor.skip('NOT', 'NULL')) return { kind: 'not null' }
  if (cursor.skip('NULL')) return { kind: 'null' }
  if (cursor.skip('DEFAULT')) return { kind: 'default', ...readDefault(cursor) }
  if (cursor.skip('ON', 'UPDATE')) {
    readNow(cursor)
    return { kind: 'on update' }
  }
  if (cursor.skip('AUTO_INCREMENT')) return { kind: 'auto increment' }
  if (cursor.skip('SERIAL', 'DEFAULT', 'VALUE')) return { kind: 'auto increment' }
  if (cursor.skip('PRIMARY', 'KEY') || cursor.skip('KEY')) return { kind: 'primary key' }
  if (cursor.skip('UNIQUE')) {
    cursor.skip('KEY')
    return { kind: 'unique' }
  }
  if (cursor.skip('COMMENT')) {
    if (cursor.peek().kind !== 'string') cursor.fail()
    return { kind: 'comment', text: cursor.next().value }
  }
  if (cursor.skip('COLLATE')) return { kind: 'collate', collation: readCharset(cursor) }
  if (cursor.is('REFERENCES')) return { kind: 'references', references: readReferences(cursor) }
  if (isCheck(cursor)) return { kind: 'check', check: readCheck(cursor) }
  if (cursor.is('GENERATED') || cursor.is('AS')) return readGenerated(cursor)
  return readOther(cursor) ? { kind: 'other' } : null
}

function readGenerated(cursor: Cursor): Body {
  if (cursor.skip('GENERATED')) cursor.need('ALWAYS')
  cursor.need('AS')
  const expression = inParentheses(cursor)
  const stored = cursor.skip('STORED') || cursor.skip('PERSISTENT')
  if (!stored) cursor.skip('VIRTUAL')
  return { kind: 'generated', expression, stored }
}

/** Attributes that neither the rows nor the code of an application see. */
function readOther(cursor: Cursor): boolean {
  if (cursor.skip('VISIBLE') || cursor.skip('INVISIBLE')) return true
  if (cursor.skip('COLUMN_FORMAT') || cursor.skip('STORAGE')) {
    cursor.next()
    return true
  }
  if (cursor.skip('SRID')) {
    cursor.next()
    return true
  }
  if (cursor.skip('WITHOUT', 'SYSTEM', 'VERSIONING')) return true
  if (cursor.skip('WITH', 'SYSTEM', 'VERSIONING')) return true
  if (!cursor.skip('ENGINE_ATTRIBUTE') && !cursor.skip('SECONDARY_ENGINE_ATTRIBUTE')) return false
  cursor.skipSymbol('=')
  cursor.next()
  return true
}

/** Whether a check comes next, with or without its name. */
export function isCheck(cursor: Cursor): boolean {
  if (cursor.is('CHECK')) return true
  if (!cursor.is('CONSTRAINT')) return false
  const next = cursor.peek(1)
  return (next.kind === 'word' && next.value === 'CHECK') || cursor.peek(2).value === 'CHECK'
}

/** `[CONSTRAINT [name]] CHECK (expression) [[NOT] ENFORCED]`. */
export function readCheck(cursor: Cursor): Check {
  const { start } = cursor
  const name = cursor.skip('CONSTRAINT') && !cursor.is('CHECK') ? cursor.name() : null
  cursor.need('CHECK')
  const expression = inParentheses(cursor)
  const enforced = !cursor.skip('NOT', 'ENFORCED')
  if (enforced) cursor.skip('ENFORCED')
  return { name, expression, enforced, ...cursor.since(start) }
}

/** A literal, CURRENT_TIMESTAMP in one of its spellings, or anything in parentheses. */
export function readDefault(cursor: Cursor): {
  readonly expression: Expr
  readonly inParentheses: boolean
} {
  if (cursor.isSymbol('(')) return { expression: inParentheses(cursor), inParentheses: true }
  const { start } = cursor
  if (isTime(cursor)) {
    readNow(cursor)
    const value = 'CURRENT_TIMESTAMP'
    const expression: Expr = { kind: 'literal', type: 'now', value, ...cursor.since(start) }
    return { expression, inParentheses: false }
  }
  const isNegative = cursor.skipSymbol('-')
  const isSigned = isNegative || cursor.skipSymbol('+')
  const { kind, text } = cursor.peek()
  if (kind === 'number' && isSigned) {
    cursor.next()
    const value = (isNegative ? '-' : '') + text
    return {
      expression: { kind: 'literal', type: 'number', value, ...cursor.since(start) },
      inParentheses: false,
    }
  }
  // MariaDB takes a whole expression without parentheses, uuid() for example.
  const expression = MYSQL_GRAMMAR.expression(cursor, MYSQL_GRAMMAR.comparison)
  return { expression, inParentheses: expression.kind !== 'literal' }
}

const NOW = /^(?:CURRENT_TIMESTAMP|NOW|LOCALTIME|LOCALTIMESTAMP)$/

function isTime(cursor: Cursor): boolean {
  const { kind, value } = cursor.peek()
  return kind === 'word' && NOW.test(value)
}

/** `CURRENT_TIMESTAMP`, `now()`, `CURRENT_TIMESTAMP(3)`; kit writes `(now())` behind ON UPDATE too. */
function readNow(cursor: Cursor): void {
  const isWrapped = cursor.skipSymbol('(')
  if (!isTime(cursor)) cursor.fail()
  cursor.next()
  if (cursor.skipSymbol('(')) {
    if (cursor.peek().kind === 'number') cursor.next()
    cursor.needSymbol(')')
  }
  if (isWrapped) cursor.needSymbol(')')
}

export function inParentheses(cursor: Cursor): Expr {
  cursor.needSymbol('(')
  const expression = MYSQL_GRAMMAR.expression(cursor)
  cursor.needSymbol(')')
  return expression
}
