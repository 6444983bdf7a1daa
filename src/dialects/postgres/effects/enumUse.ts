import { type Catalog, findEnum, findTable } from '../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../catalog/change.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import type { DataType } from '../../../catalog/type.ts'
import { findColumn } from '../../../catalog/table.ts'

/** A label that a statement uses in the transaction that added it. */
export interface UnsafeUse {
  readonly label: string
  readonly type: QualifiedName
}

/**
 * The new enum value a change uses before its transaction has committed ("unsafe use of new value",
 * 55P04; ALTER TYPE, Notes). PostgreSQL 17 allows it if the same transaction created the type too;
 * up to 16 even that is refused.
 */
export function unsafeEnumUse(
  catalog: Catalog,
  change: ChangeBody,
  version: number | null,
): UnsafeUse | null {
  if (!catalog.transactionOpen) return null
  for (const { types, strings } of usesOf(catalog, change)) {
    for (const used of types) {
      const type = findEnum(catalog, { ...used, dimensions: 0 })
      if (type === undefined) continue
      const isOwn = type.createdBy === catalog.transaction
      if (isOwn && version !== null && version >= 17) continue
      const entry = type.added.find(
        ({ label, by }) => by === catalog.transaction && strings.includes(label),
      )
      if (entry) return { label: entry.label, type: { schema: type.schema, name: type.name } }
    }
  }
  return null
}

interface Use {
  readonly types: readonly DataType[]
  readonly strings: readonly string[]
}

/** Where a change writes constants, and of what types they may be. */
function usesOf(catalog: Catalog, change: ChangeBody): readonly Use[] {
  const columnTypes = (table: QualifiedName, columns?: readonly string[]) =>
    (findTable(catalog, table)?.columns ?? [])
      .filter((column) => columns === undefined || columns.includes(column.name))
      .map((column) => column.type)
  switch (change.kind) {
    case 'SetDefault':
      return [
        { types: columnTypes(change.table, [change.column]), strings: change.default.strings },
      ]
    case 'AddColumn':
      return [
        { types: [change.definition.type], strings: change.definition.default?.strings ?? [] },
      ]
    case 'CreateTable':
      return change.definition.columns.map((column) => ({
        types: [column.type],
        strings: column.default?.strings ?? [],
      }))
    case 'AddCheck':
      return [
        {
          types: columnTypes(change.table, change.expression.columns),
          strings: change.expression.strings,
        },
      ]
    case 'CreateIndex': {
      const { predicate } = change.index
      return predicate === null
        ? []
        : [{ types: columnTypes(change.table, predicate.columns), strings: predicate.strings }]
    }
    case 'WriteRows':
      return [{ types: columnTypes(change.table), strings: change.strings }]
    case 'AlterColumnType': {
      const column = findColumn(findTable(catalog, change.table), change.column)
      return [{ types: [change.to], strings: column?.default?.strings ?? [] }]
    }
    default:
      return []
  }
}
