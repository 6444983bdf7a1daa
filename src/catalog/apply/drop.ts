import {
  type Catalog,
  type View,
  columnsOfType,
  dependentPolicies,
  dependentViews,
  descendants,
  findTable,
  ownSequences,
  policiesReading,
  referencesTo,
} from '../catalog.ts'
import { type QualifiedName, nameKey, sameName } from '../names.ts'
import {
  type Constraint,
  type Index,
  type Table,
  constraintColumns,
  indexColumns,
  indexBehind,
} from '../table.ts'
import { updateTable, updateTables, without } from './update.ts'

/**
 * The catalog without a table; with it go its sequences, its partitions and children, the foreign
 * keys that point at it and the views that read it.
 */
export function dropTable(catalog: Catalog, name: QualifiedName): Catalog {
  const key = nameKey(name)
  if (catalog.boundByName) {
    return { ...catalog, tables: without(catalog.tables, key), gone: catalog.gone.with(key) }
  }
  const withoutKeys = dropReferences(catalog, name, () => true)
  const withoutTable: Catalog = {
    ...withoutKeys,
    tables: without(withoutKeys.tables, key),
    sequences: unowned(withoutKeys, name, null),
    gone: withoutKeys.gone.with(key),
  }
  const children = descendants(catalog, name)
  const bare = withoutPoliciesOn(withoutTable, name)
  let result = dropViews(bare, dependentViews(bare, name, null))
  for (const child of children) {
    if (result.tables.has(nameKey(child))) result = dropTable(result, child)
  }
  return result
}

/** The catalog without a column, and without all that cannot be without it. */
export function dropColumn(catalog: Catalog, name: QualifiedName, column: string): Catalog {
  let result = catalog
  for (const holder of [name, ...descendants(catalog, name)]) {
    for (const gone of [...generatedFrom(findTable(result, holder), column), column]) {
      result = dropOneColumn(result, holder, gone)
    }
  }
  return result
}

/** Columns computed from the column; CASCADE takes them too. They cannot depend on one another. */
function generatedFrom(table: Table | undefined, column: string): readonly string[] {
  return (table?.columns ?? [])
    .filter((candidate) => candidate.generated?.expression.columns.includes(column))
    .map((candidate) => candidate.name)
}

function dropOneColumn(catalog: Catalog, name: QualifiedName, column: string): Catalog {
  const dropped = updateTable(withoutPolicies(catalog, name, column), name, (table) => ({
    ...table,
    columns: table.columns.filter((candidate) => candidate.name !== column),
    indexes: table.indexes.filter((index) => !indexColumns(index).includes(column)),
    constraints: table.constraints.filter(
      (constraint) => !constraintColumns(constraint).includes(column),
    ),
  }))
  const withoutKeys = dropReferences(dropped, name, (columns) => columns.includes(column))
  const withoutSequences: Catalog = {
    ...withoutKeys,
    sequences: unowned(withoutKeys, name, column),
  }
  if (catalog.boundByName) return withoutSequences
  return dropViews(withoutSequences, dependentViews(withoutSequences, name, column))
}

/** The catalog without the policies that name a column. */
function withoutPolicies(catalog: Catalog, name: QualifiedName, column: string): Catalog {
  const dependent = dependentPolicies(catalog, name, column)
  const gone = new Set(dependent.map(({ policy }) => policy))
  return updateTables(
    catalog,
    dependent.map(({ table }) => table),
    (table) => ({ ...table, policies: table.policies.filter((policy) => !gone.has(policy)) }),
  )
}

/** The catalog without the policies whose sub-selects read a relation that is gone. */
function withoutPoliciesOn(catalog: Catalog, name: QualifiedName): Catalog {
  return updateTables(catalog, policiesReading(catalog, name), (table) => ({
    ...table,
    policies: table.policies.filter(
      ({ reads = [] }) => !reads.some(({ relation }) => sameName(relation, name)),
    ),
  }))
}

/** The sequences that do not belong to a table, or to one column of it. */
export function unowned(
  catalog: Catalog,
  table: QualifiedName,
  column: string | null,
): Catalog['sequences'] {
  return ownSequences(catalog, table, column).reduce(
    (rest, sequence) => without(rest, nameKey(sequence)),
    catalog.sequences,
  )
}

/** The catalog without the foreign keys that point at certain columns of a table. */
function dropReferences(
  catalog: Catalog,
  name: QualifiedName,
  isHit: (columns: readonly string[]) => boolean,
): Catalog {
  const hit = (constraint: Constraint) =>
    constraint.type === 'foreign key' &&
    sameName(constraint.references, name) &&
    isHit(constraint.referencedColumns)
  const holders = referencesTo(catalog, name).filter(({ key }) => hit(key))
  return updateTables(
    catalog,
    holders.map(({ table }) => table),
    (table) => ({
      ...table,
      constraints: table.constraints.filter((constraint) => !hit(constraint)),
    }),
  )
}

/** The catalog without some views, and without those that read one of them. */
function dropViews(catalog: Catalog, views: readonly View[]): Catalog {
  return views.reduce(dropView, catalog)
}

/** The catalog without a view, and without the policies and views that read it. */
export function dropView(catalog: Catalog, name: QualifiedName): Catalog {
  const rest = { ...catalog, views: without(catalog.views, nameKey(name)) }
  if (catalog.boundByName) return rest
  const dropped = withoutPoliciesOn(rest, name)
  return dropViews(dropped, dependentViews(dropped, name, null))
}

/**
 * The catalog without a constraint; an index that stands behind it goes with it, and so do the
 * foreign keys that hang on that index.
 */
export function dropConstraint(catalog: Catalog, name: QualifiedName, constraint: string): Catalog {
  const holder = findTable(catalog, name)
  const dropped = holder?.constraints.find((candidate) => candidate.name === constraint)
  const behind = holder?.indexes.find((index) => index.constraint === constraint)
  const freed = holder && behind ? dropKeysOn(catalog, holder, behind) : catalog
  return updateTable(freed, name, (table) => ({
    ...table,
    columns: dropped?.type === 'not null' ? nullable(table, dropped) : table.columns,
    constraints: table.constraints.filter((candidate) => candidate.name !== constraint),
    indexes: table.indexes.filter((index) => index.constraint !== constraint),
  }))
}

/** The catalog without the foreign keys that hang on an index. */
export function dropKeysOn(catalog: Catalog, target: Table, index: Index): Catalog {
  const hanging = referencesTo(catalog, target).filter(
    ({ key }) => indexBehind(target, key) === index,
  )
  const keys = new Set<Constraint>(hanging.map(({ key }) => key))
  return updateTables(
    catalog,
    hanging.map(({ table }) => table),
    (table) => ({ ...table, constraints: table.constraints.filter((key) => !keys.has(key)) }),
  )
}

function nullable(table: Table, { columns }: Extract<Constraint, { type: 'not null' }>) {
  return table.columns.map((column) =>
    columns.includes(column.name) ? { ...column, notNull: false } : column,
  )
}

/** The catalog without a type. CASCADE takes the columns of that type with it. */
export function dropType(catalog: Catalog, type: QualifiedName): Catalog {
  const key = nameKey(type)
  let result: Catalog = {
    ...catalog,
    enums: without(catalog.enums, key),
    domains: without(catalog.domains, key),
    gone: catalog.gone.with(key),
    ...(catalog.types && { types: catalog.types.without(key) }),
  }
  for (const { table, column } of columnsOfType(catalog, type)) {
    result = dropColumn(result, table, column.name)
  }
  for (const domain of catalog.domains.values()) {
    const { schema, name } = domain.base
    if (schema === type.schema && name === type.name) result = dropType(result, domain)
  }
  return result
}
