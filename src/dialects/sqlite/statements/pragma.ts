import type { Cursor } from '../../ddl/cursor.ts'
import type { Pragma } from './statement.ts'

/** `PRAGMA name [= value | (value)]`. */
export function readPragma(cursor: Cursor, start: number): Pragma {
  cursor.need('PRAGMA')
  const { name } = cursor.objectName()
  let value: string | null = null
  if (cursor.skipSymbol('=')) value = readValue(cursor)
  else if (cursor.skipSymbol('(')) {
    value = readValue(cursor)
    cursor.needSymbol(')')
  }
  return { kind: 'pragma', name: name.text.toLowerCase(), value, ...cursor.since(start) }
}

const VALUES: ReadonlySet<string> = new Set(['ON', 'DELETE', 'DEFAULT'])

function readValue(cursor: Cursor): string {
  const sign = cursor.skipSymbol('-') ? '-' : ''
  if (sign === '') cursor.skipSymbol('+')
  const isValue = cursor.peek().kind === 'number' || cursor.isOneOf(VALUES) || cursor.isName()
  if (!isValue) cursor.fail()
  return sign + cursor.next().value
}
