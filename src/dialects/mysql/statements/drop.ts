import type { Cursor } from '../../ddl/cursor.ts'
import { readDropIndex } from './createIndex.ts'
import type { Database, Drop, DropIndex } from './statement.ts'

const OBJECTS = {
  TABLE: 'table',
  TABLES: 'table',
  VIEW: 'view',
  TRIGGER: 'trigger',
  PROCEDURE: 'procedure',
  FUNCTION: 'function',
  EVENT: 'event',
} as const

export function readDrop(cursor: Cursor, start: number): Drop | DropIndex | Database {
  cursor.need('DROP')
  if (cursor.is('INDEX')) return readDropIndex(cursor, start)
  if (cursor.skip('DATABASE') || cursor.skip('SCHEMA')) {
    const lenient = cursor.skip('IF', 'EXISTS')
    return {
      kind: 'database',
      command: 'drop',
      name: cursor.name(),
      lenient,
      ...cursor.since(start),
    }
  }
  cursor.skip('TEMPORARY')
  const object = OBJECTS[cursor.peek().value as keyof typeof OBJECTS]
  if (object === undefined) cursor.fail()
  cursor.next()
  const ifExists = cursor.skip('IF', 'EXISTS')
  const names = cursor.separated(() => cursor.objectName())
  if (!cursor.skip('RESTRICT')) cursor.skip('CASCADE')
  return { kind: 'drop', object, names, ifExists, ...cursor.since(start) }
}
