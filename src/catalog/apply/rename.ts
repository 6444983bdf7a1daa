import { type Catalog, type Sequence, type View, descendants } from '../catalog.ts'
import { renameInExpression } from '../expression.ts'
import { type QualifiedName, nameKey, sameName } from '../names.ts'
import type { Constraint, Index, Table } from '../table.ts'
import { including, updateTable, updateTables, withEntry, without } from './update.ts'

function renamed(names: readonly string[], from: string, to: string): readonly string[] {
  return names.includes(from) ? names.map((name) => (name === from ? to : name)) : names
}

function renameInIndex(index: Index, from: string, to: string): Index {
  return {
    ...index,
    columns: index.columns.map((column) => (column === from ? to : column)),
    included: renamed(index.included, from, to),
    expressionColumns: renamed(index.expressionColumns, from, to),
    predicate: index.predicate && renameInExpression(index.predicate, from, to),
  }
}

function renameInConstraint(constraint: Constraint, from: string, to: string): Constraint {
  return constraint.type === 'check'
    ? { ...constraint, expression: renameInExpression(constraint.expression, from, to) }
    : { ...constraint, columns: renamed(constraint.columns, from, to) }
}

/** Gives a constraint another name, and the index behind it the same one. */
export function renameConstraint(
  catalog: Catalog,
  name: QualifiedName,
  from: string,
  to: string,
): Catalog {
  return updateTable(catalog, name, (table) => ({
    ...table,
    constraints: table.constraints.map((constraint) =>
      constraint.name === from ? { ...constraint, name: to } : constraint,
    ),
    indexes: table.indexes.map((index) =>
      index.constraint === from ? { ...index, name: to, constraint: to } : index,
    ),
  }))
}

/** Gives a column another name wherever the catalog mentions it, in partitions and children too. */
export function renameColumn(
  catalog: Catalog,
  table: QualifiedName,
  from: string,
  to: string,
): Catalog {
  return [table, ...descendants(catalog, table)].reduce(
    (result, holder) => renameIn(result, holder, from, to),
    catalog,
  )
}

function renameIn(catalog: Catalog, table: QualifiedName, from: string, to: string): Catalog {
  const inTables = updateTables(catalog, (candidate) =>
    sameName(candidate, table)
      ? renameOwnColumn(candidate, from, to)
      : renameReferencedColumn(candidate, table, from, to),
  )
  return {
    ...inTables,
    views: mapValues(inTables.views, (view) => ({
      ...view,
      reads: view.reads.map((source) =>
        sameName(source.relation, table) && source.columns
          ? { ...source, columns: renamed(source.columns, from, to) }
          : source,
      ),
    })),
    sequences: mapValues(inTables.sequences, (sequence) =>
      sequence.ownedBy &&
      sameName(sequence.ownedBy.table, table) &&
      sequence.ownedBy.column === from
        ? { ...sequence, ownedBy: { table, column: to } }
        : sequence,
    ),
  }
}

function renameOwnColumn(table: Table, from: string, to: string): Table {
  return {
    ...table,
    columns: table.columns.map((column) => {
      const generated = column.generated && {
        ...column.generated,
        expression: renameInExpression(column.generated.expression, from, to),
      }
      return { ...column, generated, name: column.name === from ? to : column.name }
    }),
    constraints: table.constraints.map((constraint) => {
      const own = renameInConstraint(constraint, from, to)
      return own.type === 'foreign key' && sameName(own.references, table)
        ? { ...own, referencedColumns: renamed(own.referencedColumns, from, to) }
        : own
    }),
    indexes: table.indexes.map((index) => renameInIndex(index, from, to)),
    policies: table.policies.map((policy) => ({
      ...policy,
      columns: renamed(policy.columns, from, to),
    })),
  }
}

function renameReferencedColumn(
  table: Table,
  target: QualifiedName,
  from: string,
  to: string,
): Table {
  if (
    !table.constraints.some((key) => key.type === 'foreign key' && sameName(key.references, target))
  ) {
    return table
  }
  return {
    ...table,
    constraints: table.constraints.map((key) =>
      key.type === 'foreign key' && sameName(key.references, target)
        ? { ...key, referencedColumns: renamed(key.referencedColumns, from, to) }
        : key,
    ),
  }
}

/** Gives a table another name or schema wherever the catalog mentions it. */
export function renameTable(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  const table = catalog.tables.get(nameKey(from))
  if (table === undefined) return { ...catalog, gone: including(catalog.gone, nameKey(from)) }
  const moved = { ...table, schema: to.schema, name: to.name }
  const tables = withEntry(without(catalog.tables, nameKey(from)), nameKey(to), moved)
  const gone = new Set(catalog.gone).add(nameKey(from))
  gone.delete(nameKey(to))
  return moveOwnSequences(renameMentions({ ...catalog, tables, gone }, from, to), to)
}

/** A sequence that a column owns stands in the schema of its table. */
function moveOwnSequences(catalog: Catalog, { schema, name }: QualifiedName): Catalog {
  const strayed = [...catalog.sequences.values()].filter(
    ({ ownedBy, ...sequence }) =>
      ownedBy && sameName(ownedBy.table, { schema, name }) && sequence.schema !== schema,
  )
  if (strayed.length === 0) return catalog
  const sequences = new Map(catalog.sequences)
  for (const sequence of strayed) {
    sequences.delete(nameKey(sequence))
    sequences.set(nameKey({ schema, name: sequence.name }), { ...sequence, schema })
  }
  return { ...catalog, sequences }
}

/** Gives a view or materialized view another name wherever the catalog mentions it. */
export function renameView(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  const view = catalog.views.get(nameKey(from))
  if (view === undefined) return catalog
  const views = new Map(without(catalog.views, nameKey(from)))
  views.set(nameKey(to), { ...view, schema: to.schema, name: to.name })
  return renameMentions({ ...catalog, views }, from, to)
}

function renameMentions(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  const follow = (name: QualifiedName): QualifiedName =>
    sameName(name, from) ? { schema: to.schema, name: to.name } : name
  const mentions = (table: Table) =>
    (table.partitionOf !== null && sameName(table.partitionOf, from)) ||
    table.inherits.some((parent) => sameName(parent, from)) ||
    table.constraints.some((key) => key.type === 'foreign key' && sameName(key.references, from)) ||
    table.triggers.some((trigger) =>
      trigger.mentions.some(({ relation }) => sameName(relation, from)),
    )
  const inTables = updateTables(catalog, (table) =>
    mentions(table)
      ? {
          ...table,
          partitionOf: table.partitionOf && follow(table.partitionOf),
          inherits: table.inherits.map(follow),
          triggers: table.triggers.map((trigger) => ({
            ...trigger,
            mentions: trigger.mentions.map((source) => ({
              ...source,
              relation: follow(source.relation),
            })),
          })),
          constraints: table.constraints.map((constraint) =>
            constraint.type === 'foreign key'
              ? { ...constraint, references: follow(constraint.references) }
              : constraint,
          ),
        }
      : table,
  )
  return {
    ...inTables,
    views: mapValues(inTables.views, (view: View) => ({
      ...view,
      reads: view.reads.map((source) => ({ ...source, relation: follow(source.relation) })),
    })),
    sequences: mapValues(inTables.sequences, (sequence: Sequence) =>
      sequence.ownedBy
        ? { ...sequence, ownedBy: { ...sequence.ownedBy, table: follow(sequence.ownedBy.table) } }
        : sequence,
    ),
  }
}

function mapValues<V>(
  map: ReadonlyMap<string, V>,
  update: (value: V) => V,
): ReadonlyMap<string, V> {
  if (map.size === 0) return map
  return new Map([...map].map(([key, value]) => [key, update(value)]))
}
