import { findTable } from '../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../catalog/change.ts'
import type { ColumnAttribute, ColumnPosition } from '../../../catalog/change/column.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { type Column, type Table, findColumn } from '../../../catalog/table.ts'
import { sameType } from '../../../catalog/type.ts'
import { type Places, type Translation, columnName, spelling } from '../../ddl/translation.ts'
import type { AlterAction, Position } from '../statements/statement.ts'
import { translateColumn } from './columns.ts'

/** A change that comes after all others of its statement: a counter needs the key that is added with it. */
export interface Last {
  readonly body: ChangeBody
  readonly places: Places
}

/**
 * MODIFY and CHANGE COLUMN write the whole column anew: whatever differs from the column as it is
 * becomes a change of its own, and what the statement does not repeat is lost.
 */
export function modifyColumn(
  translation: Translation,
  table: QualifiedName,
  at: Places,
  action: Extract<AlterAction, { readonly kind: 'modify column' }>,
): Last | null {
  const known = findTable(translation.catalog(), table)
  const old = columnName(known, action.column)
  const from = findColumn(known, old)
  const { column: to, places: own } = translateColumn(
    translation.catalog(),
    known,
    action.to,
    spelling(known),
  )
  const places: Places = { ...at, ...own, column: action.column, value: action }
  if (to.name !== old) {
    const renamed = { ...places, to: action.to.name }
    translation.emit({ kind: 'RenameColumn', table, column: old, to: to.name }, renamed)
  }
  const column = to.name
  const emit = translation.emit.bind(translation)
  if (!from || !sameType(from.type, to.type)) {
    const types = { from: from?.type ?? null, to: to.type, using: null }
    emit({ kind: 'AlterColumnType', table, column, ...types }, places)
  }
  generation(translation, table, from, to, places)
  // A key's columns are NOT NULL, whatever their definition says.
  const isInKey = known?.constraints.some(
    (constraint) => constraint.type === 'primary key' && constraint.columns.includes(old),
  )
  if (to.notNull && !from?.notNull) {
    emit({ kind: 'SetNotNull', table, column, constraint: null, notValid: false }, places)
  } else if (from?.notNull && !to.notNull && !isInKey) {
    emit({ kind: 'DropNotNull', table, column }, places)
  }
  if (to.default && to.default.form !== from?.default?.form) {
    emit({ kind: 'SetDefault', table, column, default: to.default }, places)
  } else if (from?.default && !to.default) emit({ kind: 'DropDefault', table, column }, places)
  return attributes(table, from, to, places, columnPosition(known, action.position))
}

/** Where the table gets a column, if it does not come last. */
export function columnPosition(
  table: Table | undefined,
  position: Position | null,
): { readonly position?: ColumnPosition } {
  if (position === null) return {}
  const { after } = position
  return { position: { after: after && columnName(table, after) } }
}

function generation(
  translation: Translation,
  table: QualifiedName,
  from: Column | undefined,
  to: Column,
  places: Places,
): void {
  const { name: column, generated } = to
  if (generated) {
    const { stored, expression } = generated
    const isSame =
      from?.generated?.expression.form === expression.form && from.generated.stored === stored
    if (isSame) return
    translation.emit({ kind: 'SetExpression', table, column, expression, stored }, places)
  } else if (from?.generated)
    translation.emit({ kind: 'DropExpression', table, column, ifExists: false }, places)
}

function attributes(
  table: QualifiedName,
  from: Column | undefined,
  to: Column,
  places: Places,
  place: { readonly position?: ColumnPosition },
): Last | null {
  const had = attributesOf(from)
  const has = attributesOf(to)
  const gained = has.filter((attribute) => !had.includes(attribute))
  const lost = had.filter((attribute) => !has.includes(attribute))
  const isSaid = to.comment !== undefined && to.comment !== from?.comment
  if (gained.length + lost.length === 0 && !isSaid && !place.position) return null
  return {
    body: {
      kind: 'AlterColumnAttributes',
      table,
      column: to.name,
      gained,
      lost,
      comment: to.comment ?? null,
      ...place,
    },
    places,
  }
}

function attributesOf(column: Column | undefined): readonly ColumnAttribute[] {
  const found: ColumnAttribute[] = []
  if (column?.autoIncrement) found.push('AUTO_INCREMENT')
  if (column?.onUpdate) found.push('ON UPDATE')
  if (column?.comment !== undefined) found.push('COMMENT')
  return found
}
