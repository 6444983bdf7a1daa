import type { Cursor } from '../../ddl/cursor.ts'
import type { Database, Optimize, Truncate, Utility } from './statement.ts'

export function readTruncate(cursor: Cursor, start: number): Truncate {
  cursor.need('TRUNCATE')
  cursor.skip('TABLE')
  return { kind: 'truncate', table: cursor.objectName(), ...cursor.since(start) }
}

/** OPTIMIZE, ANALYZE, CHECK and REPAIR TABLE. */
export function readOptimize(cursor: Cursor, start: number): Optimize {
  const command = cursor.next().value
  if (!cursor.skip('LOCAL')) cursor.skip('NO_WRITE_TO_BINLOG')
  if (!cursor.skip('TABLES')) cursor.need('TABLE')
  const tables = cursor.separated(() => cursor.objectName())
  while (!cursor.done) cursor.next()
  return { kind: 'optimize', command, tables, ...cursor.since(start) }
}

/** CREATE and ALTER DATABASE, USE; behind CREATE or ALTER. */
export function readDatabase(
  cursor: Cursor,
  start: number,
  command: Database['command'],
): Database {
  if (command !== 'use') cursor.next()
  const lenient = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.isName() ? cursor.name() : null
  while (!cursor.done) cursor.next()
  return { kind: 'database', command, name, lenient, ...cursor.since(start) }
}

/** Statements of which nothing but their command is told: whether each of them commits. */
const COMMANDS: ReadonlyMap<string, boolean> = new Map([
  ['ALTER', true],
  ['ANALYZE', true],
  ['CALL', false],
  ['CREATE', true],
  ['DEALLOCATE', false],
  ['DESC', false],
  ['DESCRIBE', false],
  ['DO', false],
  ['DROP', true],
  ['EXECUTE', false],
  ['EXPLAIN', false],
  ['FLUSH', true],
  ['GRANT', true],
  ['HANDLER', false],
  ['INSTALL', true],
  ['KILL', false],
  ['LOAD', false],
  ['PREPARE', false],
  ['REVOKE', true],
  ['SHOW', false],
  ['UNINSTALL', true],
])

/** What the statements of these objects do to tables is nothing. */
const OBJECTS =
  /^(?:USER|ROLE|TABLESPACE|SERVER|LOGFILE|RESOURCE|UNDO|PROCEDURE|FUNCTION|EVENT|VIEW|SEQUENCE|PACKAGE|SPATIAL)$/

/** Everything else that the server knows; null for what it does not. */
export function readUtility(cursor: Cursor, start: number): Utility | null {
  const command = cursor.peek().kind === 'word' ? cursor.peek().value : ''
  const commits = COMMANDS.get(command)
  if (commits === undefined) return null
  const isOnObject = command === 'CREATE' || command === 'ALTER' || command === 'DROP'
  cursor.next()
  if (isOnObject) {
    skipHead(cursor)
    if (!OBJECTS.test(cursor.peek().value)) return cursor.fail()
  }
  if (cursor.done && command !== 'SHOW') cursor.fail()
  while (!cursor.done) cursor.next()
  const opaque = command === 'CALL' || command === 'EXECUTE'
  return { kind: 'utility', command, opaque, commits, ...cursor.since(start) }
}

/** `OR REPLACE`, `ALGORITHM = x`, `DEFINER = y`, `SQL SECURITY z` in front of the object. */
export function skipHead(cursor: Cursor): boolean {
  const replace = cursor.skip('OR', 'REPLACE')
  for (;;) {
    if (cursor.skip('ALGORITHM')) {
      cursor.skipSymbol('=')
      cursor.next()
    } else if (cursor.skip('DEFINER')) {
      cursor.needSymbol('=')
      skipUser(cursor)
    } else if (cursor.skip('SQL', 'SECURITY')) cursor.next()
    else if (!cursor.skip('AGGREGATE')) return replace
  }
}

/** `'user'@'host'`, `CURRENT_USER()`. */
function skipUser(cursor: Cursor): void {
  cursor.next()
  if (cursor.skipSymbol('(')) cursor.needSymbol(')')
  if (cursor.peek().kind === 'parameter' || cursor.isSymbol('@')) {
    const isApart = cursor.isSymbol('@')
    cursor.next()
    if (isApart) cursor.next()
  }
}
