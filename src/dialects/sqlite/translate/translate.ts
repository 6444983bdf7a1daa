import type { Statement } from '../statements/statement.ts'
import { alterTable } from './alterTable.ts'
import { createTable, createVirtualTable } from './createTable.ts'
import { drop } from './drops.ts'
import { createIndex } from './indexes.ts'
import { select, writeRows } from '../../ddl/translateRows.ts'
import type { Translation } from '../../ddl/translation.ts'
import { lookupIn, relationName } from './translation.ts'
import { createTrigger, createView } from './views.ts'

/** Turns one statement into changes, in the order in which SQLite makes them. */
export function translate(translation: Translation, statement: Statement): void {
  switch (statement.kind) {
    case 'create table':
      return createTable(translation, statement)
    case 'create virtual table':
      return createVirtualTable(translation, statement)
    case 'alter table':
      return alterTable(translation, statement)
    case 'create index':
      return createIndex(translation, statement)
    case 'create view':
      return createView(translation, statement)
    case 'create trigger':
      return createTrigger(translation, statement)
    case 'drop':
      return drop(translation, statement)
    case 'insert':
    case 'update':
    case 'delete':
      return writeRows(translation, statement, lookupIn)
    case 'select':
      return select(translation, statement, lookupIn)
    case 'pragma': {
      const { name, value } = statement
      const values = value === null ? [] : [value]
      return translation.emit({ kind: 'SetVariable', name, values, local: false })
    }
    case 'transaction':
      return translation.emit({ kind: 'TransactionControl', command: statement.command })
    case 'maintenance': {
      const { command, object } = statement
      if (command === 'VACUUM') return translation.emit({ kind: 'OutsideTransaction', command })
      const table = object && relationName(translation.catalog(), object)
      return translation.emit({ kind: 'Harmless', command, table })
    }
  }
}
