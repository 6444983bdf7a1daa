import { type Catalog, referencesTo } from '../catalog.ts'
import { type QualifiedName, nameKey, sameName } from '../names.ts'
import { constraintColumns, indexColumns } from '../table.ts'
import { including, updateTable, updateTables, without } from './update.ts'

/** The catalog without a table; with it go its sequences and the foreign keys that point at it. */
export function dropTable(catalog: Catalog, name: QualifiedName): Catalog {
  const key = nameKey(name)
  const withoutKeys = updateTables(catalog, (table) => {
    const kept = table.constraints.filter(
      (constraint) => constraint.type !== 'foreign key' || !sameName(constraint.references, name),
    )
    return kept.length === table.constraints.length ? table : { ...table, constraints: kept }
  })
  const children = [...withoutKeys.tables.values()].filter(
    (table) => table.partitionOf !== null && sameName(table.partitionOf, name),
  )
  let result: Catalog = {
    ...withoutKeys,
    tables: without(withoutKeys.tables, key),
    views: new Map(
      [...withoutKeys.views].filter(
        ([, view]) => !view.reads.some((source) => sameName(source.relation, name)),
      ),
    ),
    sequences: new Map(
      [...withoutKeys.sequences].filter(
        ([, sequence]) => sequence.ownedBy === null || !sameName(sequence.ownedBy.table, name),
      ),
    ),
    gone: including(withoutKeys.gone, key),
  }
  for (const child of children) result = dropTable(result, child)
  return result
}

/** The catalog without a column, and without all that cannot be without it. */
export function dropColumn(catalog: Catalog, name: QualifiedName, column: string): Catalog {
  const dropped = updateTable(catalog, name, (table) => ({
    ...table,
    columns: table.columns.filter((candidate) => candidate.name !== column),
    indexes: table.indexes.filter((index) => !indexColumns(index).includes(column)),
    constraints: table.constraints.filter(
      (constraint) => !constraintColumns(constraint).includes(column),
    ),
    policies: table.policies.filter((policy) => !policy.columns.includes(column)),
  }))
  const pointing = referencesTo(dropped, name).filter(({ key }) => key.referencedColumns.includes(column))
  let result = dropped
  for (const { table, key } of pointing) {
    result = updateTable(result, table, (holder) => ({
      ...holder,
      constraints: holder.constraints.filter((constraint) => constraint.name !== key.name),
    }))
  }
  return {
    ...result,
    sequences: new Map(
      [...result.sequences].filter(
        ([, sequence]) =>
          sequence.ownedBy === null ||
          !sameName(sequence.ownedBy.table, name) ||
          sequence.ownedBy.column !== column,
      ),
    ),
    views: new Map(
      [...result.views].filter(
        ([, view]) =>
          !view.reads.some(
            (source) => sameName(source.relation, name) && source.columns?.includes(column),
          ),
      ),
    ),
  }
}

/** The catalog without a constraint; an index that stands behind it goes with it. */
export function dropConstraint(catalog: Catalog, name: QualifiedName, constraint: string): Catalog {
  const dropped = updateTable(catalog, name, (table) => ({
    ...table,
    constraints: table.constraints.filter((candidate) => candidate.name !== constraint),
    indexes: table.indexes.filter((index) => index.constraint !== constraint),
  }))
  return dropped
}

/** The catalog without a type. CASCADE takes the columns of that type with it. */
export function dropType(catalog: Catalog, type: QualifiedName): Catalog {
  const key = nameKey(type)
  let result: Catalog = {
    ...catalog,
    enums: without(catalog.enums, key),
    domains: without(catalog.domains, key),
    gone: including(catalog.gone, key),
  }
  for (const table of catalog.tables.values()) {
    for (const column of table.columns) {
      if (column.type.schema === type.schema && column.type.name === type.name) {
        result = dropColumn(result, table, column.name)
      }
    }
  }
  return result
}
