import {
  type Catalog,
  type Sequence,
  dependentPolicies,
  dependentViews,
  descendants,
  findTable,
  mentioning,
  ownSequences,
  referencesTo,
} from '../catalog.ts'
import { renameInExpression } from '../expression.ts'
import { type QualifiedName, nameKey, sameName } from '../names.ts'
import type { Constraint, Index, Table } from '../table.ts'
import { updateTable, updateTables, withEntry, withTable, without } from './update.ts'

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
  const known = findTable(catalog, table)
  const own = known ? withTable(catalog, renameOwnColumn(known, from, to)) : catalog
  const reading = dependentPolicies(own, table, from).map(({ table: holder }) => holder)
  const pointing = [...referencesTo(own, table).map(({ table: holder }) => holder), ...reading]
  const inTables = updateTables(
    own,
    pointing.filter((holder) => !sameName(holder, table)),
    (holder) => renameReferencedColumn(holder, table, from, to),
  )
  return {
    ...inTables,
    views: replaced(inTables.views, dependentViews(inTables, table, from), (view) => ({
      ...view,
      reads: view.reads.map((source) =>
        sameName(source.relation, table) && source.columns
          ? { ...source, columns: renamed(source.columns, from, to) }
          : source,
      ),
    })),
    sequences: replaced(
      inTables.sequences,
      ownSequences(inTables, table, from),
      (sequence): Sequence => ({ ...sequence, ownedBy: { table, column: to } }),
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
  return {
    ...table,
    constraints: table.constraints.map((key) =>
      key.type === 'foreign key' && sameName(key.references, target)
        ? { ...key, referencedColumns: renamed(key.referencedColumns, from, to) }
        : key,
    ),
    policies: table.policies.map((policy) => ({
      ...policy,
      ...(policy.reads && {
        reads: policy.reads.map((source) =>
          sameName(source.relation, target) && source.columns
            ? { ...source, columns: renamed(source.columns, from, to) }
            : source,
        ),
      }),
    })),
  }
}

/** Gives a table another name or schema wherever the catalog mentions it. */
export function renameTable(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  const table = catalog.tables.get(nameKey(from))
  if (table === undefined) return { ...catalog, gone: catalog.gone.with(nameKey(from)) }
  const moved = { ...table, schema: to.schema, name: to.name }
  const tables = withEntry(without(catalog.tables, nameKey(from)), nameKey(to), moved)
  const gone = catalog.gone.with(nameKey(from)).without(nameKey(to))
  return moveOwnSequences(renameMentions({ ...catalog, tables, gone }, from, to), to)
}

/** A sequence that a column owns stands in the schema of its table. */
function moveOwnSequences(catalog: Catalog, table: QualifiedName): Catalog {
  let { sequences } = catalog
  for (const sequence of ownSequences(catalog, table, null)) {
    if (sequence.schema === table.schema) continue
    const moved = { ...sequence, schema: table.schema }
    sequences = withEntry(without(sequences, nameKey(sequence)), nameKey(moved), moved)
  }
  return { ...catalog, sequences }
}

/** Gives a view or materialized view another name wherever the catalog mentions it. */
export function renameView(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  const view = catalog.views.get(nameKey(from))
  if (view === undefined) return catalog
  const moved = { ...view, schema: to.schema, name: to.name }
  const views = withEntry(without(catalog.views, nameKey(from)), nameKey(to), moved)
  return renameMentions({ ...catalog, views }, from, to)
}

function renameMentions(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  const follow = (name: QualifiedName): QualifiedName =>
    sameName(name, from) ? { schema: to.schema, name: to.name } : name
  const inTables = updateTables(catalog, mentioning(catalog, from), (table) => ({
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
  }))
  return {
    ...inTables,
    views: replaced(inTables.views, dependentViews(inTables, from, null), (view) => ({
      ...view,
      reads: view.reads.map((source) => ({ ...source, relation: follow(source.relation) })),
    })),
    sequences: replaced(inTables.sequences, ownSequences(inTables, from, null), (sequence) => ({
      ...sequence,
      ownedBy: sequence.ownedBy && {
        ...sequence.ownedBy,
        table: follow(sequence.ownedBy.table),
      },
    })),
  }
}

/** The map with some of its objects changed, under their names. */
function replaced<O extends QualifiedName>(
  map: ReadonlyMap<string, O>,
  some: readonly O[],
  update: (object: O) => O,
): ReadonlyMap<string, O> {
  return some.reduce((result, object) => withEntry(result, nameKey(object), update(object)), map)
}
