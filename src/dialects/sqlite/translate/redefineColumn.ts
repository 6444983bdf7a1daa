import { findTable } from '../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { findColumn } from '../../../catalog/table.ts'
import { sameType } from '../../../catalog/type.ts'
import type { ColumnDefinition } from '../../ddl/definitions.ts'
import type { Name } from '../../ddl/syntax.ts'
import { translateColumn } from './columns.ts'
import { type Translation, columnName, spelling } from '../../ddl/translation.ts'

/** libSQL's `ALTER COLUMN c TO c …`: whatever differs from the column as it is. */
export function redefineColumn(
  translation: Translation,
  table: QualifiedName,
  name: Name,
  definition: ColumnDefinition,
): void {
  const catalog = translation.catalog()
  const known = findTable(catalog, table)
  const column = columnName(known, name)
  const from = findColumn(known, column)
  const translated = translateColumn(catalog, table, definition, spelling(known))
  const { column: to } = translated
  const places = { table: name, ...translated.places, column: name, to: definition }
  if (from === undefined || !sameType(from.type, to.type)) {
    translation.emit(
      {
        kind: 'AlterColumnType',
        table,
        column,
        from: from?.type ?? null,
        to: to.type,
        using: null,
      },
      places,
    )
  }
  if (to.notNull && !from?.notNull) {
    translation.emit(
      { kind: 'SetNotNull', table, column, constraint: null, notValid: false },
      places,
    )
  } else if (from?.notNull && !to.notNull) {
    translation.emit({ kind: 'DropNotNull', table, column }, places)
  }
  if (to.default && to.default.form !== from?.default?.form) {
    translation.emit({ kind: 'SetDefault', table, column, default: to.default }, places)
  } else if (from?.default && !to.default) {
    translation.emit({ kind: 'DropDefault', table, column }, places)
  }
  for (const { body, places: at } of translated.constraints) {
    const isKnown =
      'constraint' in body && known?.constraints.some(({ name: own }) => own === body.constraint)
    if (!isKnown && body.kind !== 'AddPrimaryKey') translation.emit(body, { ...places, ...at })
  }
}
