import type { Cursor } from '../ddl/cursor.ts'
import { callTail } from '../ddl/forms.ts'
import { type Grammar, operation } from '../ddl/grammar.ts'
import { readSortKey } from '../ddl/queryReader.ts'
import type { Expr, Name } from '../ddl/syntax.ts'

/** Reserved words that are functions where a parenthesis follows. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'CHAR CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATABASE IF INSERT LEFT LOCALTIME ' +
    'LOCALTIMESTAMP MOD REPEAT REPLACE RIGHT SCHEMA UTC_DATE UTC_TIME UTC_TIMESTAMP VALUES DEFAULT'
  ).split(' '),
)

const UNITS =
  /^(?:MICROSECOND|SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|QUARTER|YEAR|[A-Z]+_[A-Z]+|SQL_TSI_[A-Z]+)$/

/** The forms that only MySQL's expressions have; null where none stands. */
export function readForm(cursor: Cursor, grammar: Grammar): Expr | null {
  const { kind, value } = cursor.peek()
  const { start } = cursor
  if (kind === 'string') return readStrings(cursor)
  if (kind !== 'word') return null
  if (value === 'TRUE' || value === 'FALSE') {
    cursor.next()
    return { kind: 'literal', type: 'boolean', value, ...cursor.since(start) }
  }
  if (cursor.skip('INTERVAL')) {
    const amount = grammar.expression(cursor)
    skipUnit(cursor)
    return operation(cursor, start, 'INTERVAL', [amount])
  }
  const next = cursor.peek(1)
  if (next.kind === 'string' && /^(?:_[A-Z0-9]+|DATE|TIME|TIMESTAMP)$/.test(value)) {
    cursor.next()
    return readStrings(cursor)
  }
  if (next.kind === 'blob' && /^_[A-Z0-9]+$/.test(value)) {
    cursor.next()
    const blob = cursor.next()
    return { kind: 'literal', type: 'blob', value: blob.text, ...cursor.since(start) }
  }
  if (!cursor.isSymbol('(', 1)) {
    return cursor.skip('DEFAULT') ? operation(cursor, start, 'DEFAULT', []) : null
  }
  switch (value) {
    case 'CONVERT':
      return readConvert(cursor, grammar)
    case 'EXTRACT':
    case 'TIMESTAMPADD':
    case 'TIMESTAMPDIFF':
      return readUnitCall(cursor, grammar)
    case 'TRIM':
    case 'SUBSTRING':
    case 'SUBSTR':
    case 'MID':
      return readWordyCall(cursor, grammar)
    case 'POSITION':
      return readPosition(cursor, grammar)
    case 'MATCH':
      return readMatch(cursor, grammar)
    case 'GROUP_CONCAT':
    case 'CHAR':
    case 'JSON_VALUE':
      return readCallWithTail(cursor, grammar)
    default:
      return FUNCTIONS.has(value) ? callTail(cursor, grammar, anyName(cursor)) : null
  }
}

/** Strings that stand side by side are one. */
function readStrings(cursor: Cursor): Expr {
  const { start } = cursor
  let value = ''
  while (cursor.peek().kind === 'string') value += cursor.next().value
  return { kind: 'literal', type: 'string', value, ...cursor.since(start) }
}

function anyName(cursor: Cursor): Name {
  const { text, start, end } = cursor.next()
  return { text, start, end, doubleQuoted: false }
}

function skipUnit(cursor: Cursor): void {
  if (!UNITS.test(cursor.peek().value)) cursor.fail()
  cursor.next()
}

/** `CONVERT(x, type)`, `CONVERT(x USING charset)`. */
function readConvert(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  cursor.next()
  cursor.needSymbol('(')
  const operand = grammar.expression(cursor)
  let type: string
  if (cursor.skip('USING')) type = cursor.next().value
  else {
    cursor.needSymbol(',')
    type = grammar.type(cursor)
  }
  cursor.needSymbol(')')
  return operation(cursor, start, `CAST ${type}`, [operand])
}

/** `EXTRACT(unit FROM x)`, `TIMESTAMPDIFF(unit, a, b)`. */
function readUnitCall(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  const name = cursor.next().value
  cursor.needSymbol('(')
  const unit = cursor.peek().value
  skipUnit(cursor)
  if (!cursor.skip('FROM')) cursor.needSymbol(',')
  const operands = cursor.separated(() => grammar.expression(cursor))
  cursor.needSymbol(')')
  return operation(cursor, start, `${name} ${unit}`, operands)
}

/** `TRIM([BOTH] [x] FROM y)`, `SUBSTRING(x FROM a FOR b)`, and both with commas. */
function readWordyCall(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  const words = [cursor.next().value]
  const operands: Expr[] = []
  cursor.needSymbol('(')
  for (const side of ['BOTH', 'LEADING', 'TRAILING']) if (cursor.skip(side)) words.push(side)
  if (!cursor.is('FROM')) operands.push(grammar.expression(cursor))
  while (cursor.skip('FROM') || cursor.skip('FOR') || cursor.skipSymbol(',')) {
    operands.push(grammar.expression(cursor))
  }
  cursor.needSymbol(')')
  return operation(cursor, start, words.join(' '), operands)
}

/** `POSITION(a IN b)`. */
function readPosition(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  cursor.next()
  cursor.needSymbol('(')
  const part = grammar.expression(cursor, grammar.comparison)
  cursor.need('IN')
  const whole = grammar.expression(cursor)
  cursor.needSymbol(')')
  return operation(cursor, start, 'POSITION', [part, whole])
}

/** `MATCH (columns) AGAINST (text IN BOOLEAN MODE)`. */
function readMatch(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  cursor.next()
  const columns = cursor.list(() => grammar.expression(cursor))
  cursor.need('AGAINST')
  cursor.needSymbol('(')
  const text = grammar.expression(cursor, grammar.comparison)
  while (!cursor.isSymbol(')')) {
    if (
      !['IN', 'NATURAL', 'LANGUAGE', 'BOOLEAN', 'MODE', 'WITH', 'QUERY', 'EXPANSION'].includes(
        cursor.peek().value,
      )
    ) {
      cursor.fail()
    }
    cursor.next()
  }
  cursor.needSymbol(')')
  return operation(cursor, start, 'MATCH', [...columns, text])
}

/** `GROUP_CONCAT(DISTINCT x ORDER BY y SEPARATOR ',')`, `CHAR(65 USING utf8mb4)`. */
function readCallWithTail(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  const words = [cursor.next().value]
  cursor.needSymbol('(')
  if (cursor.skip('DISTINCT')) words.push('DISTINCT')
  const operands = [...cursor.separated(() => grammar.expression(cursor))]
  if (cursor.skip('ORDER', 'BY')) {
    words.push('ORDER BY')
    operands.push(...cursor.separated(() => readSortKey(cursor, grammar).expression))
  }
  if (cursor.skip('SEPARATOR')) operands.push(readStrings(cursor))
  if (cursor.skip('RETURNING')) words.push(grammar.type(cursor))
  if (cursor.skip('USING')) words.push(cursor.next().value)
  cursor.needSymbol(')')
  return operation(cursor, start, words.join(' '), operands)
}

/** `USE INDEX (a, b)`, `FORCE INDEX FOR JOIN (a)`, `PARTITION (p0)`. */
export function skipIndexHint(cursor: Cursor): void {
  if (cursor.is('PARTITION') && cursor.isSymbol('(', 1)) {
    cursor.next()
    cursor.list(() => cursor.name())
  }
  while (cursor.is('USE') || cursor.is('FORCE') || cursor.is('IGNORE')) {
    cursor.next()
    if (!cursor.skip('INDEX')) cursor.need('KEY')
    if (cursor.skip('FOR') && !cursor.skip('JOIN')) {
      cursor.next()
      cursor.need('BY')
    }
    cursor.needSymbol('(')
    if (!cursor.isSymbol(')')) cursor.separated(() => cursor.anyWord())
    cursor.needSymbol(')')
    cursor.skipSymbol(',')
  }
}

/** `FOR UPDATE [OF t] [NOWAIT | SKIP LOCKED]`, `LOCK IN SHARE MODE`, `INTO @a`. */
export function skipQueryTail(cursor: Cursor): void {
  if (cursor.skip('INTO')) cursor.separated(() => cursor.next())
  while (cursor.skip('FOR')) {
    if (!cursor.skip('UPDATE')) cursor.need('SHARE')
    if (cursor.skip('OF')) cursor.separated(() => cursor.name())
    if (!cursor.skip('NOWAIT')) cursor.skip('SKIP', 'LOCKED')
  }
  cursor.skip('LOCK', 'IN', 'SHARE', 'MODE')
}
