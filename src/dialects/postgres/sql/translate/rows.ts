import type {
  CommonTableExpr,
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  Node,
  SelectStmt,
  UpdateStmt,
} from '@pgsql/types'
import type { WriteRows } from '../../../../catalog/change/others.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import { sameName } from '../../../../catalog/names.ts'
import {
  alternativesOf,
  columnOf,
  conjunctsOf,
  isNullConstant,
  mentionsIn,
  nullColumn,
} from '../expressions.ts'
import { rangeName, strings } from '../names.ts'
import { setConfig } from './setConfig.ts'
import { setval } from './setval.ts'
import { type Translation, at } from './translation.ts'
import { viewSources } from './viewSources.ts'

/** SELECT, with the writes that may stand in its WITH. */
export function select(translation: Translation, node: SelectStmt): void {
  withQueries(translation, node)
  const reads = viewSources(translation.catalog(), { SelectStmt: node })
  translation.emit({
    kind: 'ReadRows',
    stored: false,
    everyRow: readsAll(node),
    reads: reads.map((source) => source.relation),
  })
  setConfig(translation, node)
  setval(translation, node)
}

/**
 * Whether a query has to read all of the tables that its FROM names, or those of a query that stands
 * for one value in it (`(SELECT count(*) FROM t) > 0`). What is sorted out by an index alone, like
 * `max(id)`, is not counted.
 */
function readsAll(node: SelectStmt): boolean {
  const { fromClause = [], whereClause, limitCount, targetList = [] } = node
  const values = targetList.flatMap((target) => ('ResTarget' in target ? target.ResTarget.val : []))
  if (fromClause.length === 0) return values.some(hasReadingQuery)
  const isPlain = fromClause.every((from) => 'RangeVar' in from || 'JoinExpr' in from)
  const isExtreme = values.every((value) =>
    mentionsIn(value).functions.some(({ name }) => name === 'min' || name === 'max'),
  )
  return isPlain && !whereClause && !limitCount && !isExtreme
}

function hasReadingQuery(value: Node | undefined): boolean {
  if (value === undefined) return false
  if ('SubLink' in value) {
    const { subLinkType, subselect } = value.SubLink
    const query = subselect && 'SelectStmt' in subselect ? subselect.SelectStmt : undefined
    return subLinkType === 'EXPR_SUBLINK' && query !== undefined && readsAll(query)
  }
  if ('A_Expr' in value) {
    return hasReadingQuery(value.A_Expr.lexpr) || hasReadingQuery(value.A_Expr.rexpr)
  }
  return 'BoolExpr' in value && (value.BoolExpr.args ?? []).some(hasReadingQuery)
}

/** INSERT. */
export function insert(
  translation: Translation,
  node: InsertStmt,
  beside: readonly CommonTableExpr[] = [],
): void {
  write(translation, 'insert', node, { InsertStmt: node }, undefined, beside)
}

/** UPDATE. */
export function update(
  translation: Translation,
  node: UpdateStmt,
  beside: readonly CommonTableExpr[] = [],
): void {
  write(translation, 'update', node, { UpdateStmt: node }, node.whereClause, beside)
}

/** DELETE. */
export function remove(
  translation: Translation,
  node: DeleteStmt,
  beside: readonly CommonTableExpr[] = [],
): void {
  write(translation, 'delete', node, { DeleteStmt: node }, node.whereClause, beside)
}

/** MERGE. */
export function merge(translation: Translation, node: MergeStmt): void {
  write(translation, 'merge', node, { MergeStmt: node }, undefined, [])
}

function write(
  translation: Translation,
  command: WriteRows['command'],
  node: InsertStmt | UpdateStmt | DeleteStmt | MergeStmt,
  whole: Node,
  where: Node | undefined,
  beside: readonly CommonTableExpr[],
): void {
  withQueries(translation, node)
  const catalog = translation.catalog()
  const table = rangeName(catalog, node.relation)
  const terms = conjunctsOf(where)
  const targets = 'targetList' in node ? (node.targetList ?? []) : []
  translation.emit(
    {
      kind: 'WriteRows',
      table,
      command,
      sets: targets.flatMap((target) =>
        'ResTarget' in target
          ? [{ column: target.ResTarget.name ?? '', toNull: isNullConstant(target.ResTarget.val) }]
          : [],
      ),
      given: givenColumns(node),
      everyRow: where === undefined,
      whereNull: alternativesOf(where).flatMap((term) => nullColumn(term) ?? []),
      onlyNull: terms.flatMap((term) => nullColumn(term) ?? []),
      keyedBy: terms.flatMap(keyColumn),
      strings: mentionsIn(whole).strings,
      reads: [whole, ...beside.flatMap(({ ctequery }) => readingQuery(ctequery))]
        .flatMap((query) =>
          viewSources(
            catalog,
            query,
            beside.map(({ ctename }) => ctename ?? ''),
          ),
        )
        .map((source) => source.relation)
        .filter((relation) => !sameName(relation, table)),
    },
    { table: at(node.relation?.location), name: at(node.relation?.location) },
  )
}

/** The columns that are named and get a value that is not DEFAULT, in some row. */
function givenColumns(node: InsertStmt | UpdateStmt | DeleteStmt | MergeStmt): readonly string[] {
  if (!('targetList' in node) && !('cols' in node)) return []
  const isGiven = (value: Node | undefined) => value !== undefined && !('SetToDefault' in value)
  const named = (nodes: readonly Node[] | undefined) =>
    (nodes ?? []).flatMap((entry) => ('ResTarget' in entry ? [entry.ResTarget] : []))
  if ('targetList' in node) {
    return named(node.targetList).flatMap(({ name, val }) => (name && isGiven(val) ? [name] : []))
  }
  const { cols, override, selectStmt } = node as InsertStmt
  if (override !== undefined && override !== 'OVERRIDING_NOT_SET') return []
  const query = selectStmt && 'SelectStmt' in selectStmt ? selectStmt.SelectStmt : undefined
  if (query === undefined) return []
  const rows = (query.valuesLists ?? []).flatMap((row) => ('List' in row ? [row.List.items] : []))
  return named(cols).flatMap(({ name }, position) =>
    name && (rows.length === 0 || rows.some((row) => isGiven(row?.[position]))) ? [name] : [],
  )
}

/** The column of `column = …`, `column IN (…)` or `column = ANY (…)`, unless that is a join. */
function keyColumn(term: Node): string[] {
  if (!('A_Expr' in term) || strings(term.A_Expr.name).at(-1) !== '=') return []
  const { lexpr, rexpr } = term.A_Expr
  const column = columnOf(lexpr)
  const isOneValue =
    rexpr !== undefined && ('SubLink' in rexpr || mentionsIn(rexpr).columns.length === 0)
  return column === null || !isOneValue ? [] : [column]
}

/** Statements that write can stand in a WITH. */
function withQueries(
  translation: Translation,
  node: SelectStmt | InsertStmt | UpdateStmt | DeleteStmt,
): void {
  const entries = (node.withClause?.ctes ?? []).flatMap((entry) =>
    'CommonTableExpr' in entry ? [entry.CommonTableExpr] : [],
  )
  for (const { ctequery: query } of entries) {
    if (query === undefined) continue
    if ('InsertStmt' in query) insert(translation, query.InsertStmt, entries)
    else if ('UpdateStmt' in query) update(translation, query.UpdateStmt, entries)
    else if ('DeleteStmt' in query) remove(translation, query.DeleteStmt, entries)
  }
}

/** A query of a WITH, unless it writes: what it reads is read for the queries beside it. */
function readingQuery(query: Node | undefined): readonly Node[] {
  return query !== undefined && 'SelectStmt' in query ? [query] : []
}

/** COPY … FROM. */
export function copyInto(translation: Translation, table: QualifiedName): void {
  translation.emit({
    kind: 'WriteRows',
    table,
    command: 'copy',
    sets: [],
    everyRow: false,
    whereNull: [],
    keyedBy: [],
    strings: [],
    reads: [],
  })
}
