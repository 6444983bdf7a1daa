import type { Cursor } from './cursor.ts'
import { type Grammar, operation } from './grammar.ts'
import { readSortKey, readWindow } from './queryReader.ts'
import type { Call, Expr, Name } from './syntax.ts'

/** `CASE [x] WHEN a THEN b … [ELSE c] END`. */
export function readCase(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  cursor.need('CASE')
  const operands: Expr[] = []
  const hasSubject = !cursor.is('WHEN')
  if (hasSubject) operands.push(grammar.expression(cursor))
  do {
    cursor.need('WHEN')
    operands.push(grammar.expression(cursor))
    cursor.need('THEN')
    operands.push(grammar.expression(cursor))
  } while (cursor.is('WHEN'))
  const hasElse = cursor.skip('ELSE')
  if (hasElse) operands.push(grammar.expression(cursor))
  cursor.need('END')
  const operator = `CASE${hasSubject ? ' x' : ''}${hasElse ? ' ELSE' : ''}`
  return operation(cursor, start, operator, operands)
}

/** `CAST(x AS type)`. */
export function readCast(cursor: Cursor, grammar: Grammar): Expr {
  const { start } = cursor
  cursor.need('CAST')
  cursor.needSymbol('(')
  const operand = grammar.expression(cursor)
  cursor.need('AS')
  const type = grammar.type(cursor)
  cursor.needSymbol(')')
  return operation(cursor, start, `CAST ${type}`, [operand])
}

/** A call behind its function's name. */
export function callTail(cursor: Cursor, grammar: Grammar, name: Name): Call {
  cursor.needSymbol('(')
  const form: string[] = []
  const operands: Expr[] = []
  if (cursor.skipSymbol('*')) form.push('*')
  else {
    if (cursor.skip('DISTINCT')) form.push('DISTINCT')
    else cursor.skip('ALL')
    if (!cursor.isSymbol(')')) {
      operands.push(...cursor.separated(() => grammar.expression(cursor)))
      if (cursor.skip('ORDER', 'BY')) {
        form.push('ORDER BY')
        const keys = cursor.separated(() => readSortKey(cursor, grammar))
        operands.push(...keys.map(({ expression }) => expression))
      }
    }
  }
  cursor.needSymbol(')')
  if (cursor.is('FILTER') && cursor.isSymbol('(', 1)) {
    cursor.next()
    cursor.needSymbol('(')
    cursor.need('WHERE')
    form.push('FILTER')
    operands.push(grammar.expression(cursor))
    cursor.needSymbol(')')
  }
  if (cursor.is('OVER') && (cursor.isSymbol('(', 1) || cursor.isName(1))) {
    cursor.next()
    form.push('OVER')
    if (cursor.isSymbol('(')) operands.push(...readWindow(cursor, grammar))
    else form.push(cursor.name().text)
  }
  return {
    kind: 'call',
    name,
    arguments: operands,
    form: form.join(' '),
    ...cursor.since(name.start),
  }
}
