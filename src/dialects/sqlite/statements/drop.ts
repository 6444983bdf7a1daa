import type { Cursor } from '../../ddl/cursor.ts'
import type { Drop } from './statement.ts'

const OBJECTS = { TABLE: 'table', INDEX: 'index', VIEW: 'view', TRIGGER: 'trigger' } as const

export function readDrop(cursor: Cursor, start: number): Drop {
  cursor.need('DROP')
  const object = OBJECTS[cursor.peek().value as keyof typeof OBJECTS]
  if (object === undefined) cursor.fail()
  cursor.next()
  const ifExists = cursor.skip('IF', 'EXISTS')
  const name = cursor.objectName()
  return { kind: 'drop', object, name, ifExists, ...cursor.since(start) }
}
