import type { Cursor } from '../ddl/cursor.ts'
import type { TypeName } from '../ddl/syntax.ts'

/** A column's type: any words, then up to two numbers; null where there is none. */
export function readTypeName(cursor: Cursor): TypeName | null {
  const { start } = cursor
  const words: string[] = []
  while (cursor.isName() && !cursor.is('GENERATED', 'ALWAYS')) words.push(cursor.name().text)
  if (words.length === 0) return null
  const numbers: string[] = []
  if (cursor.skipSymbol('(')) {
    numbers.push(signedNumber(cursor))
    if (cursor.skipSymbol(',')) numbers.push(signedNumber(cursor))
    cursor.needSymbol(')')
  }
  return { words: words.join(' '), arguments: numbers, ...cursor.since(start) }
}

function signedNumber(cursor: Cursor): string {
  const sign = cursor.skipSymbol('-') ? '-' : ''
  if (sign === '') cursor.skipSymbol('+')
  if (cursor.peek().kind !== 'number') cursor.fail()
  return sign + cursor.next().text
}
