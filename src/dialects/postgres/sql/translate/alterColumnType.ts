import type { AlterTableCmd, Node } from '@pgsql/types'
import { type Catalog, findTable } from '../../../../catalog/catalog.ts'
import type { UsingClause } from '../../../../catalog/change/column.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import { findColumn } from '../../../../catalog/table.ts'
import type { DataType } from '../../../../catalog/type.ts'
import { columnOf, expressionOf } from '../expressions.ts'
import { collationName, dataType, isSerial } from '../names.ts'
import { type Places, type Translation, at, locationOf } from './translation.ts'

/** `ALTER COLUMN … TYPE …`. */
export function alterColumnType(
  translation: Translation,
  table: QualifiedName,
  command: AlterTableCmd,
  places: Places,
  alongside: readonly string[],
): void {
  if (!command.def || !('ColumnDef' in command.def)) return
  const catalog = translation.catalog()
  const definition = command.def.ColumnDef
  const column = command.name ?? ''
  const known = findColumn(findTable(catalog, table), column)
  const to = dataType(catalog, definition.typeName, collationName(definition.collClause?.collname))
  translation.emit(
    {
      kind: 'AlterColumnType',
      table,
      column,
      from: known?.type ?? null,
      // `serial` is no type: ALTER COLUMN … TYPE serial is refused, so it keeps its own name.
      to: isSerial(definition.typeName) ? { ...to, schema: 'pg_catalog', name: 'serial' } : to,
      using: usingClause(catalog, definition.raw_default, column),
      ...(alongside.length > 0 && { alongside }),
    },
    {
      ...places,
      type: at(definition.typeName?.location),
      using: at(locationOf(definition.raw_default)),
    },
  )
}

function usingClause(catalog: Catalog, node: Node | undefined, column: string): UsingClause | null {
  if (node === undefined) return null
  if (columnOf(node) === column) return { kind: 'column' }
  const casts: DataType[] = []
  let inner: Node | undefined = node
  while (inner !== undefined && 'TypeCast' in inner) {
    casts.unshift(dataType(catalog, inner.TypeCast.typeName, null))
    inner = inner.TypeCast.arg
  }
  const to = casts.pop()
  if (to === undefined || columnOf(inner) !== column) {
    return { kind: 'other', expression: expressionOf(node) }
  }
  return casts.length === 0 ? { kind: 'cast', to } : { kind: 'cast', to, through: casts }
}
