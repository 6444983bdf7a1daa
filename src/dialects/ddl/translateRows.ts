import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { WriteRows } from '../../catalog/change/others.ts'
import { type QualifiedName, sameName } from '../../catalog/names.ts'
import type { CopiedColumn } from '../../catalog/table.ts'
import { columnOf, expressionOf, expressionsIn, mentionsIn, termsOf } from './expressionFacts.ts'
import { type Lookup, SourceCollector } from './querySources.ts'
import type { Assignment, Delete, Insert, Select, Update, Written } from './rows.ts'
import type { Expr, ObjectName } from './syntax.ts'
import { type Translation, columnName, spelling } from './translation.ts'

/** Looks up the names of a query in a catalog, as the dialect does. */
export type LookupIn = (catalog: Catalog) => Lookup

/** SELECT. */
export function select(translation: Translation, statement: Select, lookupIn: LookupIn): void {
  const collector = new SourceCollector(lookupIn(translation.catalog()))
  collector.query(statement.query)
  const reads = collector.sources().map(({ relation }) => relation)
  translation.emit({ kind: 'ReadRows', stored: false, reads })
}

/** INSERT, REPLACE, UPDATE, DELETE: a change for each table that it writes. */
export function writeRows(
  translation: Translation,
  statement: Insert | Update | Delete,
  lookupIn: LookupIn,
): void {
  if (statement.kind === 'update') {
    const lookup = lookupIn(translation.catalog())
    for (const written of writtenBy(statement, lookup)) {
      writeTable(translation, { ...statement, ...written }, lookupIn)
    }
  } else if (statement.kind === 'delete') {
    for (const table of [statement.table, ...(statement.alsoFrom ?? [])]) {
      writeTable(translation, { ...statement, table }, lookupIn)
    }
  } else writeTable(translation, statement, lookupIn)
}

/** What an UPDATE writes: of tables that it joins, a column without a table is that one's that has it. */
function writtenBy(update: Update, lookup: Lookup): readonly Written[] {
  if (update.alsoSets === undefined) return [update]
  const all = [update.table, ...update.from]
  const found = new Map<ObjectName, Assignment[]>()
  for (const { table, assignments } of [update, ...update.alsoSets]) {
    for (const assignment of assignments) {
      const has = (candidate: ObjectName) =>
        assignment.columns.every(
          ({ text }) => lookup.column(lookup.relation(candidate), text) !== undefined,
        )
      const owner = assignment.table || has(table) ? table : (all.find(has) ?? table)
      found.set(owner, [...(found.get(owner) ?? []), assignment])
    }
  }
  return [...found].map(([table, assignments]) => ({
    table,
    assignments,
    from: all.filter((other) => other !== table),
  }))
}

function writeTable(
  translation: Translation,
  statement: Insert | Update | Delete,
  lookupIn: LookupIn,
): void {
  const catalog = translation.catalog()
  const lookup = lookupIn(catalog)
  const table = lookup.relation(statement.table)
  const known = findTable(catalog, table)
  const spell = spelling(known)
  const where = statement.kind === 'insert' ? null : statement.where
  const expressions = expressionsOf(statement)
  const copies =
    statement.kind === 'insert' ? copiesOf(catalog, lookup, table, statement) : undefined
  translation.emit(
    {
      kind: 'WriteRows',
      table,
      command: statement.kind,
      sets: setsOf(statement, spell),
      everyRow: statement.kind !== 'insert' && where === null && statement.limited !== true,
      whereNull: termsOf(where, 'OR').flatMap((term) => columnOf(term, 'IS NULL', spell) ?? []),
      keyedBy: termsOf(where, 'AND').flatMap((term) => keyColumn(term, spell)),
      strings: mentionsIn(expressions).strings,
      reads: readsOf(lookup, table, statement, expressions),
      ...(copies ? { copies } : {}),
    },
    { table: statement.table, name: statement.table },
  )
}

function setsOf(
  statement: Insert | Update | Delete,
  spell: (name: string) => string,
): WriteRows['sets'] {
  if (statement.kind === 'delete') return []
  if (statement.kind === 'insert') {
    return statement.columns.map(({ text }) => ({ column: spell(text), toNull: false }))
  }
  return statement.assignments.flatMap(({ columns, value }) =>
    columns.map(({ text }) => ({
      column: spell(text),
      toNull: value.kind === 'literal' && value.type === 'null',
    })),
  )
}

function expressionsOf(statement: Insert | Update | Delete): readonly Expr[] {
  if (statement.kind === 'insert') {
    return [...(statement.query ? expressionsIn(statement.query) : []), ...statement.also]
  }
  const values = statement.kind === 'update' ? statement.assignments.map(({ value }) => value) : []
  return [...values, ...(statement.where ? [statement.where] : []), ...statement.also]
}

function readsOf(
  lookup: Lookup,
  table: QualifiedName,
  statement: Insert | Update | Delete,
  expressions: readonly Expr[],
): readonly QualifiedName[] {
  const collector = new SourceCollector(lookup)
  if (statement.kind === 'insert' && statement.query) collector.query(statement.query)
  else collector.expressions(expressions, [])
  if (statement.kind !== 'insert') {
    for (const name of statement.from ?? []) collector.mention(lookup.relation(name), [])
  }
  return collector
    .sources()
    .map(({ relation }) => relation)
    .filter((relation) => !sameName(relation, table))
}

/** The column of `column = …` or `column IN (…)`, unless that is a join. */
function keyColumn(term: Expr, spell: (name: string) => string): readonly string[] {
  const [left, ...others] =
    term.kind === 'operation' && ['=', '==', 'IN'].includes(term.operator)
      ? term.operands
      : term.kind === 'subquery' && term.operator === 'IN' && term.left
        ? [term.left]
        : []
  if (left?.kind !== 'column') return []
  return mentionsIn(others).columns.length === 0 ? [spell(left.name.text)] : []
}

/** `INSERT INTO a (columns) SELECT … FROM b`: which of b's columns become which of a's. */
function copiesOf(
  catalog: Catalog,
  lookup: Lookup,
  table: QualifiedName,
  { columns, query }: Insert,
): WriteRows['copies'] {
  const [part] = query?.parts ?? []
  const [from] = part?.sources ?? []
  const isCopy = query?.parts.length === 1 && part?.sources.length === 1 && query.with.length === 0
  if (!isCopy || !part || !from?.table) return undefined
  const source = lookup.relation(from.table)
  if (sameName(source, table)) return undefined
  const sourceTable = findTable(catalog, source)
  const targets =
    columns.length > 0
      ? columns.map((name) => columnName(findTable(catalog, table), name))
      : writable(findTable(catalog, table)?.columns ?? [])
  const spell = spelling(sourceTable)
  const values = part.results.flatMap((result): readonly Omit<CopiedColumn, 'column'>[] => {
    if (result.kind === 'all') {
      return writable(sourceTable?.columns ?? []).map((name) => ({
        from: name,
        value: expressionOf(columnExpr(name), spell),
      }))
    }
    const { expression } = result
    const isPlain = expression.kind === 'column'
    return [
      {
        from: isPlain ? spell(expression.name.text) : null,
        value: expressionOf(expression, spell),
      },
    ]
  })
  return {
    source,
    columns: targets.flatMap((column, position) => {
      const value = values[position]
      return value ? [{ column, ...value }] : []
    }),
    everyRow: part.conditions.length === 0 && !query.limited,
  }
}

function writable(
  columns: readonly { readonly name: string; readonly generated: unknown }[],
): readonly string[] {
  return columns.filter(({ generated }) => generated === null).map(({ name }) => name)
}

function columnExpr(text: string): Expr {
  const place = { start: 0, end: 0 }
  return { kind: 'column', table: null, name: { text, doubleQuoted: false, ...place }, ...place }
}
