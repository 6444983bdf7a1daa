import { type Catalog, findTable } from '../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { type Column, type Index, findColumn } from '../../../catalog/table.ts'
import type { DataType } from '../../../catalog/type.ts'
import type { EffectsBuilder } from './build.ts'
import { resolveType } from './resolveType.ts'
import { baseOf, isArray, typeKey } from './typeModel.ts'

/**
 * PostgreSQL's own types whose values have no order, so that no plain index, unique or primary key
 * can stand on them (pg_opclass has no default for btree).
 */
const WITHOUT_ORDER: ReadonlySet<string> = new Set(
  'json jsonpath xml point line lseg box path polygon circle xid cid txid_snapshot pg_snapshot'.split(
    ' ',
  ),
)

/** Columns that PostgreSQL cannot put in order are refused as keys of an index (42704). */
export function requireOrder(
  effects: EffectsBuilder,
  catalog: Catalog,
  table: QualifiedName,
  columns: readonly (string | null)[],
): void {
  for (const column of columnsNamed(catalog, table, columns)) {
    requireOrderOf(effects, catalog, column.type)
  }
}

/** What is computed when it is read stands in no index. */
export function requireStored(
  effects: EffectsBuilder,
  catalog: Catalog,
  table: QualifiedName,
  columns: readonly (string | null)[],
  what: string,
): void {
  const isVirtual = columnsNamed(catalog, table, columns).some(
    ({ generated }) => generated?.stored === false,
  )
  if (isVirtual) effects.fails('0A000', `${what} on virtual generated columns are not supported`)
}

function columnsNamed(
  catalog: Catalog,
  table: QualifiedName,
  names: readonly (string | null)[],
): readonly Column[] {
  const known = findTable(catalog, table)
  return names.flatMap((name) => (name === null ? [] : (findColumn(known, name) ?? [])))
}

/** The same for the column's new type, where an index stands on it. */
export function requireOrderOf(effects: EffectsBuilder, catalog: Catalog, type: DataType): void {
  const base = baseOf(resolveType(catalog, type))
  if (base.kind !== 'base' || isArray(base) || !WITHOUT_ORDER.has(typeKey(base))) return
  effects.fails(
    '42704',
    `data type ${typeKey(base)} has no default operator class for access method "btree"`,
  )
}

/** Whether an index puts a column in order as its type does, and not as its text says it should. */
export function ordersPlainly(index: Index, column: string): boolean {
  const position = index.columns.indexOf(column)
  return position >= 0 && index.method === 'btree' && !index.operatorClasses?.[position]
}
