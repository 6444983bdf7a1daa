import type { Cursor } from '../../ddl/cursor.ts'
import { MYSQL_GRAMMAR } from '../grammar.ts'
import type { LockTables, SetVariables, Transaction } from './statement.ts'

/** `SET a = 1, @@session.b = 'x'`, `SET NAMES utf8mb4`, `SET @c = …`, behind SET. */
export function readSet(cursor: Cursor, start: number): SetVariables {
  cursor.need('SET')
  if (cursor.skip('NAMES') || cursor.skip('CHARACTER', 'SET') || cursor.skip('CHARSET')) {
    while (!cursor.done) cursor.next()
    return { kind: 'set', variables: [], ...cursor.since(start) }
  }
  if (
    cursor.is('TRANSACTION') ||
    cursor.is('SESSION', 'TRANSACTION') ||
    cursor.is('GLOBAL', 'TRANSACTION')
  ) {
    while (!cursor.done) cursor.next()
    return { kind: 'set', variables: [], ...cursor.since(start) }
  }
  const variables = cursor.separated(() => {
    const { kind } = cursor.peek()
    if (
      kind === 'word' &&
      /^(?:SESSION|LOCAL|GLOBAL|PERSIST|STATEMENT)$/.test(cursor.peek().value)
    ) {
      cursor.next()
    }
    const written = cursor.peek().kind === 'parameter' ? cursor.next().text : cursor.anyWord().text
    const name = written.replace(/^@@(?:session\.|local\.|global\.)?/i, '').toLowerCase()
    if (!cursor.skipSymbol(':=')) cursor.needSymbol('=')
    const value = readValue(cursor)
    return { name, value }
  })
  return { kind: 'set', variables, ...cursor.since(start) }
}

/** A value, in words; the empty string for anything that is computed. */
function readValue(cursor: Cursor): string {
  if (cursor.is('ON') || cursor.is('DEFAULT') || cursor.is('BINARY')) return cursor.next().value
  const expression = MYSQL_GRAMMAR.expression(cursor)
  if (expression.kind === 'literal') return expression.value
  return expression.kind === 'column' ? expression.name.text : ''
}

/** `LOCK TABLES a WRITE, b READ`, `UNLOCK TABLES`. */
export function readLockTables(cursor: Cursor, start: number): LockTables {
  if (cursor.skip('UNLOCK')) {
    if (!cursor.skip('TABLES')) cursor.need('TABLE')
    return { kind: 'lock tables', tables: [], ...cursor.since(start) }
  }
  cursor.need('LOCK')
  if (!cursor.skip('TABLES')) cursor.need('TABLE')
  const tables = cursor.separated(() => {
    const table = cursor.objectName()
    if (cursor.skip('AS')) cursor.name()
    cursor.skip('LOW_PRIORITY')
    const write = cursor.skip('WRITE')
    if (!write) {
      cursor.need('READ')
      cursor.skip('LOCAL')
    }
    return { table, write }
  })
  return { kind: 'lock tables', tables, ...cursor.since(start) }
}

/** BEGIN, START TRANSACTION, COMMIT, ROLLBACK, SAVEPOINT, RELEASE; null if it is none of them. */
export function readTransaction(cursor: Cursor, start: number): Transaction | null {
  const command = readCommand(cursor)
  return command && { kind: 'transaction', command, ...cursor.since(start) }
}

function readCommand(cursor: Cursor): Transaction['command'] | null {
  if (cursor.skip('BEGIN')) {
    cursor.skip('WORK')
    return 'begin'
  }
  if (cursor.skip('START', 'TRANSACTION')) {
    while (!cursor.done) cursor.next()
    return 'begin'
  }
  const command = cursor.skip('COMMIT') ? 'commit' : cursor.skip('ROLLBACK') ? 'rollback' : null
  if (command !== null) {
    cursor.skip('WORK')
    if (command === 'rollback' && cursor.skip('TO')) {
      cursor.skip('SAVEPOINT')
      cursor.name()
      return 'savepoint'
    }
    if (cursor.skip('AND')) {
      cursor.skip('NO')
      cursor.need('CHAIN')
    }
    if (cursor.skip('NO')) cursor.need('RELEASE')
    else cursor.skip('RELEASE')
    return command
  }
  if (!cursor.skip('SAVEPOINT') && !cursor.skip('RELEASE', 'SAVEPOINT')) return null
  cursor.name()
  return 'savepoint'
}
