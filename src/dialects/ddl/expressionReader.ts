import type { Cursor } from './cursor.ts'
import { callTail, readCase, readCast } from './forms.ts'
import { type Grammar, isQuery, operation } from './grammar.ts'
import type { Expr } from './syntax.ts'

/** Reads an expression (precedence climbing). */
export function readExpression(cursor: Cursor, grammar: Grammar, tightness = 0): Expr {
  let left = readPrefix(cursor, grammar)
  for (;;) {
    const right = readSuffix(cursor, grammar, left, tightness)
    if (right === null) return left
    left = right
  }
}

function readPrefix(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  if (cursor.is('NOT') && !cursor.is('NOT', 'EXISTS')) {
    cursor.next()
    return operation(cursor, start, 'NOT', [readExpression(cursor, grammar, grammar.not)])
  }
  const token = cursor.peek()
  if ((token.kind === 'symbol' || token.kind === 'word') && grammar.prefixes.has(token.value)) {
    cursor.next()
    const operand = readExpression(cursor, grammar, grammar.collate)
    return operation(cursor, start, `prefix ${token.value}`, [operand])
  }
  return readPrimary(cursor, grammar)
}

function readSuffix(cursor: Cursor, grammar: Grammar, left: Expr, tightness: number): Expr | null {
  const token = cursor.peek()
  if (token.kind !== 'symbol' && token.kind !== 'word') return null
  const tight = grammar.binary.get(token.value)
  if (tight !== undefined) {
    if (tight <= tightness) return null
    cursor.next()
    const right = readExpression(cursor, grammar, tight)
    return operation(cursor, left.start, token.value, [left, right])
  }
  if (token.kind === 'symbol') return null
  if (token.value === 'COLLATE') {
    cursor.next()
    const { text } = cursor.anyWord()
    return operation(cursor, left.start, `COLLATE ${text.toUpperCase()}`, [left])
  }
  return grammar.comparison > tightness ? readComparison(cursor, grammar, left) : null
}

/** `IS …`, `[NOT] IN`, `[NOT] LIKE`, `[NOT] BETWEEN`, `ISNULL` and `NOTNULL`. */
function readComparison(cursor: Cursor, grammar: Grammar, left: Expr): Expr | null {
  const tight = grammar.comparison
  const { start } = left
  if (cursor.skip('ISNULL')) return operation(cursor, start, 'IS NULL', [left])
  if (cursor.skip('NOTNULL') || cursor.skip('NOT', 'NULL')) {
    return operation(cursor, start, 'IS NOT NULL', [left])
  }
  if (cursor.skip('IS')) {
    const not = cursor.skip('NOT') ? ' NOT' : ''
    const distinct = cursor.skip('DISTINCT', 'FROM') ? ' DISTINCT FROM' : ''
    const right = readExpression(cursor, grammar, tight)
    const isNull = distinct === '' && right.kind === 'literal' && right.type === 'null'
    return isNull
      ? operation(cursor, start, `IS${not} NULL`, [left])
      : operation(cursor, start, `IS${not}${distinct}`, [left, right])
  }
  const isNegated =
    cursor.is('NOT', 'IN') ||
    cursor.is('NOT', 'BETWEEN') ||
    [...grammar.likes].some((like) => cursor.is('NOT', like))
  if (isNegated) cursor.next()
  const not = isNegated ? 'NOT ' : ''
  if (cursor.skip('BETWEEN')) {
    const low = readExpression(cursor, grammar, tight)
    cursor.need('AND')
    const high = readExpression(cursor, grammar, tight)
    return operation(cursor, start, `${not}BETWEEN`, [left, low, high])
  }
  if (cursor.skip('IN')) return readIn(cursor, grammar, left, isNegated)
  const like = [...grammar.likes].find((candidate) => cursor.skip(candidate))
  if (like === undefined) return null
  const operands = [left, readExpression(cursor, grammar, tight)]
  if (cursor.skip('ESCAPE')) operands.push(readExpression(cursor, grammar, tight))
  return operation(cursor, start, `${not}${like}`, operands)
}

function readIn(cursor: Cursor, grammar: Grammar, left: Expr, isNegated: boolean): Expr {
  const operator = isNegated ? 'NOT IN' : 'IN'
  const { start } = left
  if (cursor.isSymbol('(')) {
    if (isQuery(cursor, 1)) {
      cursor.needSymbol('(')
      const query = grammar.query(cursor)
      cursor.needSymbol(')')
      return { kind: 'subquery', operator, left, query, ...cursor.since(start) }
    }
    cursor.needSymbol('(')
    const items = cursor.isSymbol(')')
      ? []
      : cursor.separated(() => readExpression(cursor, grammar))
    cursor.needSymbol(')')
    return operation(cursor, start, operator, [left, ...items])
  }
  const table = cursor.objectName()
  const query = {
    with: [],
    parts: [
      {
        results: [{ kind: 'all' as const, table: null }],
        sources: [{ table, query: null, arguments: [], alias: null }],
        conditions: [],
        where: null,
        values: null,
      },
    ],
    orderBy: [],
    limited: false,
    start: table.start,
    end: table.end,
  }
  return { kind: 'subquery', operator, left, query, ...cursor.since(start) }
}

function readPrimary(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  const special = grammar.special(cursor)
  if (special) return special
  const token = cursor.peek()
  if (token.kind === 'string' || token.kind === 'number' || token.kind === 'blob') {
    cursor.next()
    return { kind: 'literal', type: token.kind, value: token.value, start, end: token.end }
  }
  if (token.kind === 'parameter') {
    cursor.next()
    return { kind: 'parameter', start, end: token.end }
  }
  if (cursor.isSymbol('(')) return readParentheses(cursor, grammar)
  if (cursor.skip('NULL')) {
    return { kind: 'literal', type: 'null', value: 'NULL', ...cursor.since(start) }
  }
  if (cursor.is('CASE')) return readCase(cursor, grammar)
  if (cursor.is('CAST') && cursor.isSymbol('(', 1)) return readCast(cursor, grammar)
  if (cursor.skip('EXISTS') || cursor.skip('NOT', 'EXISTS')) {
    cursor.needSymbol('(')
    const query = grammar.query(cursor)
    cursor.needSymbol(')')
    return { kind: 'subquery', operator: 'EXISTS', left: null, query, ...cursor.since(start) }
  }
  if (cursor.isOneOf(grammar.now) && !cursor.isSymbol('(', 1)) {
    const { value } = cursor.next()
    return { kind: 'literal', type: 'now', value, ...cursor.since(start) }
  }
  return readNamed(cursor, grammar)
}

/** A column, a function's call, or TRUE and FALSE. */
function readNamed(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  const isBare = cursor.peek().kind === 'word'
  const first = cursor.name()
  if (cursor.isSymbol('(')) return callTail(cursor, grammar, first)
  const word = first.text.toUpperCase()
  if (isBare && (word === 'TRUE' || word === 'FALSE') && !cursor.isSymbol('.')) {
    return { kind: 'literal', type: 'boolean', value: word, ...cursor.since(start) }
  }
  if (!cursor.skipSymbol('.')) {
    return { kind: 'column', table: null, name: first, ...cursor.since(start) }
  }
  const second = cursor.name()
  if (!cursor.skipSymbol('.')) {
    return { kind: 'column', table: first, name: second, ...cursor.since(start) }
  }
  return { kind: 'column', table: second, name: cursor.name(), ...cursor.since(start) }
}

function readParentheses(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  if (isQuery(cursor, 1)) {
    cursor.needSymbol('(')
    const query = grammar.query(cursor)
    cursor.needSymbol(')')
    return { kind: 'subquery', operator: 'scalar', left: null, query, ...cursor.since(start) }
  }
  const items = cursor.list(() => readExpression(cursor, grammar))
  const [only] = items
  // Parentheses mean nothing by themselves; the place is theirs.
  if (items.length === 1 && only) return { ...only, ...cursor.since(start) }
  return operation(cursor, start, 'row', items)
}
