import type { Cursor } from '../../ddl/cursor.ts'
import type { ColumnConstraint, ColumnDefinition } from '../../ddl/definitions.ts'
import type { Expr, Name, Stretch } from '../../ddl/syntax.ts'
import { SQLITE_GRAMMAR } from '../grammar.ts'
import { readTypeName } from '../typeName.ts'
import { skipOnConflict } from './onConflict.ts'
import { readReferences, skipDeferrable } from './references.ts'

/** `name [type] [constraints]`. */
export function readColumnDefinition(cursor: Cursor): ColumnDefinition {
  const { start } = cursor
  const name = cursor.name()
  const type = readTypeName(cursor)
  const constraints: ColumnConstraint[] = []
  for (;;) {
    const constraint = readColumnConstraint(cursor)
    if (constraint === null) break
    constraints.push(constraint)
  }
  return { name, type, constraints, ...cursor.since(start) }
}

/** What a constraint says, without where it stands. */
type Body = ColumnConstraint extends infer C
  ? C extends ColumnConstraint
    ? Omit<C, keyof Stretch | 'constraint'>
    : never
  : never

function readColumnConstraint(cursor: Cursor): ColumnConstraint | null {
  const { start } = cursor
  const constraint: Name | null = cursor.skip('CONSTRAINT') ? cursor.name() : null
  const body = readBody(cursor)
  if (body === null && constraint === null) return null
  return {
    constraint,
    ...(body ?? { kind: 'name only' }),
    ...cursor.since(start),
  } as ColumnConstraint
}

function readBody(cursor: Cursor): Body | null {
  if (skipDeferrable(cursor)) return { kind: 'name only' }
  if (cursor.skip('NOT', 'NULL')) {
    skipOnConflict(cursor)
    return { kind: 'not null' }
  }
  if (cursor.skip('NULL')) {
    skipOnConflict(cursor)
    return { kind: 'null' }
  }
  if (cursor.skip('PRIMARY')) return readPrimaryKey(cursor)
  if (cursor.skip('UNIQUE')) {
    skipOnConflict(cursor)
    return { kind: 'unique' }
  }
  if (cursor.skip('CHECK')) return { kind: 'check', expression: inParentheses(cursor) }
  if (cursor.skip('DEFAULT')) return readDefault(cursor)
  if (cursor.is('REFERENCES')) return { kind: 'references', references: readReferences(cursor) }
  if (cursor.skip('COLLATE')) return { kind: 'collate', collation: cursor.name().text }
  if (cursor.skip('GENERATED')) {
    cursor.need('ALWAYS', 'AS')
    return readGenerated(cursor)
  }
  return cursor.skip('AS') ? readGenerated(cursor) : null
}

function readPrimaryKey(cursor: Cursor): Body {
  cursor.need('KEY')
  const descending = cursor.skip('DESC')
  if (!descending) cursor.skip('ASC')
  skipOnConflict(cursor)
  return { kind: 'primary key', autoIncrement: cursor.skip('AUTOINCREMENT'), descending }
}

function readGenerated(cursor: Cursor): Body {
  const expression = inParentheses(cursor)
  const stored = cursor.skip('STORED')
  if (!stored) cursor.skip('VIRTUAL')
  return { kind: 'generated', expression, stored }
}

/** A literal, a signed one, a bare word (which is a string), or anything in parentheses. */
function readDefault(cursor: Cursor): Body {
  if (cursor.isSymbol('(')) {
    return { kind: 'default', expression: inParentheses(cursor), inParentheses: true }
  }
  const { start } = cursor
  const isNegative = cursor.skipSymbol('-')
  const isSigned = isNegative || cursor.skipSymbol('+')
  const token = cursor.peek()
  if (token.kind === 'number' || token.kind === 'blob' || cursor.is('NULL')) {
    cursor.next()
  } else if (cursor.isOneOf(SQLITE_GRAMMAR.now)) {
    cursor.next()
    return literal(cursor, start, 'now', token.value)
  } else if (token.kind === 'string') {
    cursor.next()
    return literal(cursor, start, 'string', token.value)
  } else if (!isSigned && cursor.isName()) {
    const { text } = cursor.name()
    const isBoolean = token.kind === 'word' && /^(?:true|false)$/i.test(text)
    return isBoolean
      ? literal(cursor, start, 'boolean', text.toUpperCase())
      : literal(cursor, start, 'string', text)
  } else cursor.fail()
  const sign = isNegative ? '-' : ''
  if (token.kind === 'number') return literal(cursor, start, 'number', sign + token.text)
  return token.kind === 'blob'
    ? literal(cursor, start, 'blob', token.text)
    : literal(cursor, start, 'null', 'NULL')
}

function literal(
  cursor: Cursor,
  start: number,
  type: (Expr & { kind: 'literal' })['type'],
  value: string,
): Body {
  const expression: Expr = { kind: 'literal', type, value, ...cursor.since(start) }
  return { kind: 'default', expression, inParentheses: false }
}

function inParentheses(cursor: Cursor): Expr {
  cursor.needSymbol('(')
  const expression = SQLITE_GRAMMAR.expression(cursor)
  cursor.needSymbol(')')
  return expression
}
