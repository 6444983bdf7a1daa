import type { Constraint, CreateStmt, CreateTableAsStmt, Node } from '@pgsql/types'
import { findTable, relationExists } from '../../../../catalog/catalog.ts'
import { emptyTable } from '../../../../catalog/table.ts'
import { newRangeName, rangeName, strings } from '../names.ts'
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
        ...(node.relation?.relpersistence === 'u' && { unlogged: true }),
        // Which constraints and indexes come with a parent is not followed.
        complete:
          parents.length === 0 &&
          !(node.tableElts ?? []).some((element) => 'TableLikeClause' in element) &&
          node.ofTypename === undefined,
      },
      ifNotExists: node.if_not_exists === true,
      fromQuery: false,
    },
    { table: at(node.relation?.location), name: at(node.relation?.location) },
  )
  if (exists) return
  const own = [...constraintNodes(node.tableElts), ...constraintNodes(node.constraints)]
  const written = [
    ...columns.flatMap(({ column, constraints }) =>
      constraints.map((constraint): WrittenConstraint => ({ constraint, column: column.name })),
    ),
    ...own.map((constraint): WrittenConstraint => ({ constraint, column: null })),
  ]
  for (const { constraint, column } of withoutTwins(written)) {
    translateConstraint(translation, name, constraint, column, false)
  }
}

/** A constraint of CREATE TABLE, and the column it is written at. */
interface WrittenConstraint {
  readonly constraint: Constraint
  readonly column: string | null
}

/**
 * The constraints that PostgreSQL makes: a key on the columns of another is the same index, which is
 * the primary key if one of them is, under the first name that is given. The primary key's index is
 * made first (`transformIndexConstraints`, parse_utilcmd.c).
 */
function withoutTwins(written: readonly WrittenConstraint[]): readonly WrittenConstraint[] {
  const isPrimary = ({ constraint }: WrittenConstraint) => constraint.contype === 'CONSTR_PRIMARY'
  const made = new Map<string, WrittenConstraint>()
  const others: WrittenConstraint[] = []
  for (const one of [...written.filter(isPrimary), ...written.filter((one) => !isPrimary(one))]) {
    const term = keyTerm(one)
    const twin = term === null ? undefined : made.get(term)
    if (twin) {
      const conname = twin.constraint.conname ?? one.constraint.conname
      made.set(term ?? '', { ...twin, constraint: { ...twin.constraint, conname } })
    } else if (term !== null) made.set(term, one)
    else others.push(one)
  }
  return [...made.values(), ...others]
}

/** What two keys have in common that are one; null for what is no key. */
function keyTerm({ constraint, column }: WrittenConstraint): string | null {
  const { contype, keys, including, nulls_not_distinct, deferrable, initdeferred } = constraint
  if (contype !== 'CONSTR_PRIMARY' && contype !== 'CONSTR_UNIQUE') return null
  const columns = column === null ? strings(keys) : [column]
  return JSON.stringify([
    columns,
    strings(including),
    nulls_not_distinct === true,
    deferrable === true,
    initdeferred === true,
  ])
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
