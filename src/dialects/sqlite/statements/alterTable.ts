import type { Cursor } from '../../ddl/cursor.ts'
import { SQLITE_GRAMMAR } from '../grammar.ts'
import { readColumnDefinition } from './columnDefinition.ts'
import { skipOnConflict } from './onConflict.ts'
import type { AlterAction, AlterTable } from './statement.ts'

export function readAlterTable(cursor: Cursor, start: number): AlterTable {
  cursor.need('ALTER', 'TABLE')
  const table = cursor.objectName()
  const action = readAction(cursor)
  return { kind: 'alter table', table, action, ...cursor.since(start) }
}

function readAction(cursor: Cursor): AlterAction {
  if (cursor.skip('RENAME')) {
    if (cursor.skip('TO')) return { kind: 'rename table', to: cursor.name() }
    cursor.skip('COLUMN')
    const column = cursor.name()
    cursor.need('TO')
    return { kind: 'rename column', column, to: cursor.name() }
  }
  if (cursor.skip('ADD')) return readAdd(cursor)
  if (cursor.skip('DROP')) {
    if (cursor.skip('CONSTRAINT')) return { kind: 'drop constraint', name: cursor.name() }
    cursor.skip('COLUMN')
    return { kind: 'drop column', column: cursor.name() }
  }
  cursor.need('ALTER')
  cursor.skip('COLUMN')
  const column = cursor.name()
  if (cursor.skip('SET', 'NOT', 'NULL')) {
    skipOnConflict(cursor)
    return { kind: 'set not null', column }
  }
  if (cursor.skip('DROP', 'NOT', 'NULL')) return { kind: 'drop not null', column }
  cursor.need('TO')
  return { kind: 'alter column', column, to: readColumnDefinition(cursor) }
}

function readAdd(cursor: Cursor): AlterAction {
  const isNamed = cursor.skip('CONSTRAINT')
  const name = isNamed ? cursor.name() : null
  if (isNamed || cursor.is('CHECK')) {
    cursor.need('CHECK')
    cursor.needSymbol('(')
    const expression = SQLITE_GRAMMAR.expression(cursor)
    cursor.needSymbol(')')
    skipOnConflict(cursor)
    return { kind: 'add check', name, expression }
  }
  cursor.skip('COLUMN')
  return { kind: 'add column', column: readColumnDefinition(cursor) }
}
