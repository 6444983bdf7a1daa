import type { Cursor } from '../../ddl/cursor.ts'
import type { Transaction } from './statement.ts'

/** BEGIN, COMMIT, END, ROLLBACK, SAVEPOINT, RELEASE; null if it is none of them. */
export function readTransaction(cursor: Cursor, start: number): Transaction | null {
  const command = readCommand(cursor)
  return command && { kind: 'transaction', command, ...cursor.since(start) }
}

function readCommand(cursor: Cursor): Transaction['command'] | null {
  if (cursor.skip('BEGIN')) {
    if (!cursor.skip('DEFERRED') && !cursor.skip('IMMEDIATE')) cursor.skip('EXCLUSIVE')
    skipTransaction(cursor)
    return 'begin'
  }
  if (cursor.skip('COMMIT') || cursor.skip('END')) {
    skipTransaction(cursor)
    return 'commit'
  }
  if (cursor.skip('ROLLBACK')) {
    skipTransaction(cursor)
    if (!cursor.skip('TO')) return 'rollback'
    cursor.skip('SAVEPOINT')
    cursor.name()
    return 'savepoint'
  }
  if (!cursor.skip('SAVEPOINT')) {
    if (!cursor.skip('RELEASE')) return null
    cursor.skip('SAVEPOINT')
  }
  cursor.name()
  return 'savepoint'
}

function skipTransaction(cursor: Cursor): void {
  if (cursor.skip('TRANSACTION') && cursor.isName() && !cursor.done) cursor.name()
}
