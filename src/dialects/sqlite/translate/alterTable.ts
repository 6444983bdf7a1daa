import { findTable } from '../../../catalog/catalog.ts'
import { nameKey, sameName } from '../../../catalog/names.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { expressionOf } from '../../ddl/expressionFacts.ts'
import type { AlterTable } from '../statements/statement.ts'
import { translateColumn } from './columns.ts'
import { redefineColumn } from './redefineColumn.ts'
import { type Translation, columnName, spelling } from '../../ddl/translation.ts'
import { relationName } from './translation.ts'

/** ALTER TABLE: SQLite allows one action a statement. */
export function alterTable(translation: Translation, statement: AlterTable): void {
  const catalog = translation.catalog()
  const table = relationName(catalog, statement.table)
  const known = findTable(catalog, table)
  const { action } = statement
  const at = { table: statement.table, name: statement.table }
  switch (action.kind) {
    case 'rename table': {
      const to = { schema: table.schema, name: action.to.text }
      return renameTable(translation, table, to, statement)
    }
    case 'rename column': {
      const column = columnName(known, action.column)
      const places = { ...at, column: action.column, to: action.to }
      return translation.emit({ kind: 'RenameColumn', table, column, to: action.to.text }, places)
    }
    case 'add column': {
      const { column, places, constraints } = translateColumn(
        catalog,
        table,
        action.column,
        (text) => (text === action.column.name.text ? text : spelling(known)(text)),
      )
      translation.emit(
        { kind: 'AddColumn', table, column: column.name, definition: column, ifNotExists: false },
        { ...at, ...places },
      )
      for (const constraint of constraints) {
        translation.emit(constraint.body, { ...at, ...constraint.places })
      }
      return
    }
    case 'drop column': {
      const column = columnName(known, action.column)
      return translation.emit(
        { kind: 'DropColumn', table, column, cascade: false, ifExists: false },
        { ...at, column: action.column },
      )
    }
    case 'set not null':
    case 'drop not null': {
      const column = columnName(known, action.column)
      const places = { ...at, column: action.column }
      return action.kind === 'drop not null'
        ? translation.emit({ kind: 'DropNotNull', table, column }, places)
        : translation.emit(
            { kind: 'SetNotNull', table, column, constraint: null, notValid: false },
            places,
          )
    }
    case 'add check':
      return translation.emit(
        {
          kind: 'AddCheck',
          table,
          constraint: action.name?.text ?? `${table.name}_check`,
          expression: expressionOf(action.expression, spelling(known)),
          valid: true,
          enforced: true,
          withColumn: null,
        },
        { ...at, constraint: action.expression },
      )
    case 'drop constraint':
      return translation.emit(
        {
          kind: 'DropConstraint',
          table,
          constraint: action.name.text,
          cascade: false,
          ifExists: false,
        },
        { ...at, constraint: action.name },
      )
    case 'alter column':
      return redefineColumn(translation, table, action.column, action.to)
  }
}

/** A table that was filled from the one whose name it takes over is that one, rebuilt. */
function renameTable(
  translation: Translation,
  table: QualifiedName,
  to: QualifiedName,
  statement: AlterTable & { readonly action: AlterTable['action'] },
): void {
  const catalog = translation.catalog()
  const copy = findTable(catalog, table)?.copiedFrom
  const places = {
    table: statement.table,
    name: statement.table,
    ...(statement.action.kind === 'rename table' ? { to: statement.action.to } : {}),
  }
  const isReplaced =
    copy !== undefined && sameName(copy.source, to) && !catalog.tables.has(nameKey(to))
  if (!isReplaced) return translation.emit({ kind: 'RenameTable', table, to }, places)
  translation.emit(
    {
      kind: 'RebuildTable',
      table: to,
      through: table,
      copy,
      lost: { indexes: [], triggers: [] },
    },
    places,
  )
}
