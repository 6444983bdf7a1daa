import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { updateTable } from '../../catalog/apply/update.ts'
import { freeIndexName } from './translate/names.ts'
import type { Constraint, ForeignKeyConstraint, Index, Table } from '../../catalog/table.ts'

/** What the server does by itself to the indexes of a table that a change is about. */
export function settle(catalog: Catalog, change: ChangeBody, before: Catalog): Catalog {
  switch (change.kind) {
    case 'AddForeignKey':
      return updateTable(catalog, change.table, (table) => withIndexFor(table, change.key))
    case 'CreateIndex':
    case 'AddPrimaryKey':
      return updateTable(catalog, change.table, withoutSpareIndexes)
    case 'DropColumn': {
      const old = findTable(before, change.table)
      if (old === undefined) return catalog
      return updateTable(catalog, change.table, (table) => thinned(table, old, change.column))
    }
    default:
      return catalog
  }
}

/** A foreign key has an index that begins with its columns; the server makes one that is missing. */
function withIndexFor(table: Table, key: ForeignKeyConstraint): Table {
  if (indexFor(table, key.columns) !== undefined) return table
  const index: Index = {
    name: key.unnamed ? freeIndexName(table, key.columns[0] ?? key.name) : key.name,
    method: 'btree',
    unique: false,
    nullsNotDistinct: false,
    columns: key.columns,
    included: [],
    expressionColumns: [],
    predicate: null,
    constraint: null,
    implicit: true,
    createdIn: key.createdIn,
  }
  return { ...table, indexes: [...table.indexes, index] }
}

/** An index that serves a foreign key on these columns: they come first in it. */
export function indexFor(
  { indexes }: Pick<Table, 'indexes'>,
  columns: readonly string[],
): Index | undefined {
  return indexes.find(({ method, columns: own, prefixes }) => {
    if (method !== 'btree' || prefixes) return false
    return columns.every((column, position) => own[position] === column)
  })
}

/** An index that the server has made goes as soon as another one serves. */
function withoutSpareIndexes(table: Table): Table {
  const indexes = table.indexes.filter((index) => {
    if (!index.implicit) return true
    const others = table.indexes.filter((other) => other !== index)
    const columns = index.columns.flatMap((column) => column ?? [])
    return indexFor({ indexes: others }, columns) === undefined
  })
  return indexes.length === table.indexes.length ? table : { ...table, indexes }
}

/** An index loses the column, and goes only with its last one. */
function thinned(table: Table, old: Table, column: string): Table {
  const hit = old.indexes.filter(
    ({ columns, expressionColumns }) =>
      columns.includes(column) && columns.length > 1 && !expressionColumns.includes(column),
  )
  if (hit.length === 0) return table
  const without = (columns: readonly (string | null)[]) => columns.filter((one) => one !== column)
  const indexes = hit.map((index) => ({ ...index, columns: without(index.columns) }))
  const keys = old.constraints.flatMap((constraint): readonly Constraint[] =>
    constraint.type === 'primary key' &&
    constraint.columns.includes(column) &&
    constraint.columns.length > 1
      ? [{ ...constraint, columns: constraint.columns.filter((one) => one !== column) }]
      : [],
  )
  return {
    ...table,
    indexes: [...table.indexes, ...indexes],
    constraints: [...table.constraints, ...keys],
  }
}
