import type { IndexElem, IndexStmt, ReindexStmt } from '@pgsql/types'
import { findIndex } from '../../../../catalog/catalog.ts'
import type { Index } from '../../../../catalog/table.ts'
import { automaticName } from '../autoNames.ts'
import { expressionOf, mentionsIn } from '../expressions.ts'
import { indexColumnNames } from '../indexColumnNames.ts'
import { rangeName, strings } from '../names.ts'
import { type Translation, at, word } from './translation.ts'

/** CREATE INDEX. */
export function createIndex(translation: Translation, node: IndexStmt): void {
  const catalog = translation.catalog()
  const table = rangeName(catalog, node.relation)
  const keys = elements(node.indexParams)
  const included = elements(node.indexIncludingParams)
  const expressions = keys.filter((key) => key.expr !== undefined)
  const mentioned = expressions.map(({ expr }) => mentionsIn(expr))
  const index: Index = {
    name:
      node.idxname ||
      automaticName(catalog, table, indexColumnNames([...keys, ...included]).join('_'), 'idx'),
    method: node.accessMethod || 'btree',
    unique: node.unique === true,
    nullsNotDistinct: node.nulls_not_distinct === true,
    columns: keys.map((key) => key.name ?? null),
    ...(keys.some(({ opclass }) => opclass !== undefined) && {
      operatorClasses: keys.map(({ opclass }) => strings(opclass).at(-1) ?? null),
    }),
    included: included.flatMap((key) => (key.name ? [key.name] : [])),
    expressionColumns: mentioned.flatMap(({ columns }) => columns),
    ...(expressions.length > 0 && { functions: mentioned.flatMap(({ functions }) => functions) }),
    predicate: node.whereClause === undefined ? null : expressionOf(node.whereClause),
    constraint: null,
    createdIn: catalog.deployment,
  }
  translation.emit(
    {
      kind: 'CreateIndex',
      table,
      index,
      concurrently: node.concurrent === true,
      ifNotExists: node.if_not_exists === true,
      only: node.relation?.inh !== true,
    },
    {
      table: at(node.relation?.location),
      name: node.idxname ? word(node.idxname, 0) : at(node.relation?.location),
      concurrently: word('concurrently', 0),
    },
  )
}

function elements(nodes: IndexStmt['indexParams']): readonly IndexElem[] {
  return (nodes ?? []).flatMap((node) => ('IndexElem' in node ? [node.IndexElem] : []))
}

/** REINDEX. */
export function reindex(translation: Translation, node: ReindexStmt): void {
  const catalog = translation.catalog()
  const concurrently = (node.params ?? []).some(
    (param) => 'DefElem' in param && param.DefElem.defname === 'concurrently',
  )
  const places = { concurrently: word('concurrently', 0), name: at(node.relation?.location) }
  if (node.kind === 'REINDEX_OBJECT_INDEX' || node.kind === 'REINDEX_OBJECT_TABLE') {
    const name = rangeName(catalog, node.relation)
    const target = node.kind === 'REINDEX_OBJECT_INDEX' ? 'index' : 'table'
    const table = target === 'table' ? name : (findIndex(catalog, name)?.on ?? null)
    translation.emit(
      {
        kind: 'Reindex',
        target,
        name,
        table: table && { schema: table.schema, name: table.name },
        concurrently,
      },
      places,
    )
    return
  }
  const target = node.kind === 'REINDEX_OBJECT_SCHEMA' ? 'schema' : 'database'
  translation.emit({ kind: 'Reindex', target, name: null, table: null, concurrently }, places)
}
