import type { CreateStmt, CreateTableAsStmt, Node } from '@pgsql/types'
import { findTable, relationExists } from '../../../../catalog/catalog.ts'
import { emptyTable } from '../../../../catalog/table.ts'
import { newRangeName, rangeName } from '../names.ts'
import { constraintNodes, translateColumn } from './columns.ts'
import { translateConstraint } from './constraints.ts'
import { type Translation, at } from './translation.ts'
import { viewSources } from './viewSources.ts'

/** CREATE TABLE; its keys, checks and foreign keys follow as changes of their own. */
export function createTable(translation: Translation, node: CreateStmt): void {
  const catalog = translation.catalog()
  const name = newRangeName(catalog, node.relation)
  const exists = node.if_not_exists === true && relationExists(catalog, name)
  const columns = (node.tableElts ?? []).flatMap((element) =>
    'ColumnDef' in element ? [translateColumn(catalog, element.ColumnDef)] : [],
  )
  const parents = (node.inhRelations ?? []).flatMap((parent) =>
    'RangeVar' in parent ? [rangeName(catalog, parent.RangeVar)] : [],
  )
  const partitionOf = node.partbound ? (parents[0] ?? null) : null
  const inherited = parents.flatMap((parent) => findTable(catalog, parent)?.columns ?? [])
  translation.emit(
    {
      kind: 'CreateTable',
      table: name,
      definition: {
        ...emptyTable(name, catalog.deployment),
        columns: [...inherited, ...columns.map(({ column }) => column)],
        partitionKey: partitionKey(node),
        partitionOf,
        defaultPartition: node.partbound?.is_default === true,
        inherits: partitionOf === null ? parents : [],
        complete:
          parents.every((parent) => findTable(catalog, parent)?.complete === true) &&
          !(node.tableElts ?? []).some((element) => 'TableLikeClause' in element) &&
          node.ofTypename === undefined,
      },
      ifNotExists: node.if_not_exists === true,
      fromQuery: false,
    },
    { table: at(node.relation?.location), name: at(node.relation?.location) },
  )
  if (exists) return
  for (const { column, constraints } of columns) {
    for (const constraint of constraints) {
      translateConstraint(translation, name, constraint, column.name, false)
    }
  }
  const own = [...constraintNodes(node.tableElts), ...constraintNodes(node.constraints)]
  for (const constraint of own) translateConstraint(translation, name, constraint, null, false)
}

function partitionKey(node: CreateStmt): readonly string[] | null {
  if (node.partspec === undefined) return null
  return (node.partspec.partParams ?? []).flatMap((element) =>
    'PartitionElem' in element && element.PartitionElem.name ? [element.PartitionElem.name] : [],
  )
}

/** CREATE TABLE … AS and SELECT … INTO: a table whose columns are not known, with rows. */
export function createTableAs(translation: Translation, node: CreateTableAsStmt): void {
  const catalog = translation.catalog()
  const range = node.into?.rel
  const name = newRangeName(catalog, range)
  const places = { table: at(range?.location), name: at(range?.location) }
  if (node.objtype === 'OBJECT_MATVIEW') {
    translation.emit(
      {
        kind: 'CreateView',
        view: {
          ...name,
          materialized: true,
          reads: viewSources(catalog, node.query),
          indexes: [],
          createdIn: catalog.deployment,
        },
        replace: false,
        ifNotExists: node.if_not_exists === true,
        withData: node.into?.skipData !== true,
      },
      places,
    )
    return
  }
  const isFilled = node.into?.skipData !== true
  const definition = {
    ...emptyTable(name, catalog.deployment),
    filledIn: isFilled ? catalog.deployment : null,
    complete: false,
  }
  translation.emit(
    {
      kind: 'CreateTable',
      table: name,
      definition,
      ifNotExists: node.if_not_exists === true,
      fromQuery: true,
    },
    places,
  )
  const exists = node.if_not_exists === true && relationExists(catalog, name)
  if (isFilled && !exists) readsOf(translation, node.query)
}

function readsOf(translation: Translation, query: Node | undefined): void {
  const reads = viewSources(translation.catalog(), query).map((source) => source.relation)
  translation.emit({ kind: 'ReadRows', stored: true, reads })
}
