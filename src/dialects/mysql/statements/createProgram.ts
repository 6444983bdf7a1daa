import type { Cursor } from '../../ddl/cursor.ts'
import type { CreateProgram } from './statement.ts'

const KINDS = {
  TRIGGER: 'trigger',
  PROCEDURE: 'procedure',
  FUNCTION: 'function',
  EVENT: 'event',
} as const

/** Whether a trigger, procedure, function or event comes next. */
export function isProgram(cursor: Cursor): boolean {
  return cursor.peek().kind === 'word' && cursor.peek().value in KINDS
}

/** At TRIGGER and its like. The body is taken as it stands: nothing of it runs now. */
export function readCreateProgram(cursor: Cursor, start: number, replace: boolean): CreateProgram {
  const what = KINDS[cursor.next().value as keyof typeof KINDS]
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.objectName()
  let table: CreateProgram['table'] = null
  if (what === 'trigger') {
    if (!cursor.skip('BEFORE')) cursor.need('AFTER')
    if (!cursor.skip('INSERT') && !cursor.skip('UPDATE')) cursor.need('DELETE')
    cursor.need('ON')
    table = cursor.objectName()
    cursor.need('FOR', 'EACH', 'ROW')
  }
  if (cursor.done) cursor.fail()
  while (!cursor.done) cursor.next()
  return { kind: 'create program', what, name, table, replace, ifNotExists, ...cursor.since(start) }
}
