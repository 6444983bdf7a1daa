import type { Change, ChangeOf } from '../catalog/change.ts'
import { isNewColumn } from '../catalog/newness.ts'
import { type QualifiedName, displayName } from '../catalog/names.ts'
import { displayType } from '../catalog/type.ts'
import type { RunError } from '../dialects/effects.ts'
import { leftBehind } from './leftBehind.ts'
import type { RuleContext } from './rule.ts'

/** What of the rows makes a statement fail, for a message and its help. */
export interface RowFailure {
  /** To go on a sentence with: `, and fails if …`; empty where no row can. */
  readonly fails: string
  /** A sentence with a query that changes nothing and tells whether production would fail. */
  readonly ask: string
}

const NONE: RowFailure = { fails: '', ask: '' }

/** What rows can make of a change that is reported for another reason. */
export function rowFailure(context: RuleContext, change: Change): RowFailure {
  const error = context.effects(change).errors.find(({ when }) => when === 'some-rows')
  if (error === undefined) return NONE
  const [reason, query] = described(change, error, new Names(context.dialect.words.quote ?? '"'))
  if (reason === '') return NONE
  const sql = statementOf(context, change)
  const asked = query ?? (sql === null ? null : queryForRows(change, error.kind, sql))
  const ask =
    asked === null || isOnNewColumn(change) || isOnDevices(context)
      ? ''
      : query === null && change.kind === 'AlterColumnType'
        ? ` Check production first (read-only; the query fails as this would): ${asked}`
        : ` Check production first (read-only): ${asked}`
  return { fails: `, and fails if ${reason}`, ask: ask + leftBehind(context, change) }
}

/** The text of a statement that does nothing but this; null for any other, and where it is not at hand. */
function statementOf({ dialect, deployment }: RuleContext, { origin }: Change): string | null {
  if (dialect.base !== 'postgresql') return null
  const migration = deployment.migrations.find(({ file }) => file === origin.file)
  const own = migration?.statements.find(({ index }) => index === origin.statement)
  return migration?.text !== undefined && own?.changes.length === 1
    ? migration.text.slice(origin.start, origin.end)
    : null
}

/**
 * A query that changes nothing and tells whether production has rows on which a change fails; null
 * where there is none.
 *
 * @param kind - what it fails with
 * @param sql - its statement
 */
export function queryForRows(change: Change, kind: RunError['kind'], sql: string): string | null {
  if (isOnNewColumn(change)) return null
  const names = new Names('"')
  const [, query] = described(change, { kind }, names)
  if (query !== null) return query
  if (change.kind === 'AddCheck') {
    const condition = onOneLine(parenthesized(sql, /\bCHECK\s*\(/i))
    return (
      condition && `SELECT count(*) FROM ${names.qualified(change.table)} WHERE NOT (${condition});`
    )
  }
  // The same conversion, on the same rows: the query fails as the statement would.
  if (change.kind === 'AlterColumnType') {
    const written = change.using && /\bUSING\s+([\s\S]+?);?\s*$/i.exec(sql)?.[1]
    const using = written && onOneLine(written)
    if (written && using === null) return null
    const value = using ?? `${names.quoted(change.column)}::${displayType(change.to)}`
    return `SELECT count(${value}) FROM ${names.qualified(change.table)};`
  }
  return null
}

/** An expression without its line breaks; null where a comment to the end of a line stands in it. */
function onOneLine(expression: string | null): string | null {
  if (expression === null || /--.*\n/.test(expression)) return null
  return expression.trim().replaceAll(/\s*\n\s*/g, ' ')
}

/** What stands between the parentheses that an expression ends with; null where they do not match. */
function parenthesized(sql: string, opening: RegExp): string | null {
  const found = opening.exec(sql)
  if (found === null) return null
  const start = found.index + found[0].length
  let depth = 1
  let quote: string | null = null
  for (let at = start; at < sql.length; at++) {
    const character = sql[at]!
    if (quote !== null) {
      if (character === quote) quote = null
    } else if (character === "'" || character === '"') quote = character
    else if (character === '(') depth++
    else if (character === ')' && --depth === 0) return sql.slice(start, at)
  }
  return null
}

/** Whether the database is on the devices of others, which nobody can ask. */
export function isOnDevices({ dialect, deployment }: RuleContext): boolean {
  const { driver } = deployment.session
  return dialect.clients.some(({ name, onDevices }) => name === driver && onDevices === true)
}

/** What production does not have yet, nobody can ask it about. */
function isOnNewColumn(change: Change): boolean {
  if (!('table' in change) || change.table === null) return false
  const { table, before } = change
  const isNew = (column: string | null) => column !== null && isNewColumn(before, table, column)
  if ('column' in change) return isNew(change.column)
  if (change.kind === 'CreateIndex') return change.index.columns.some(isNew)
  return change.kind === 'AddUnique' || change.kind === 'AddPrimaryKey'
    ? change.columns.some(isNew)
    : 'key' in change && change.key.columns.some(isNew)
}

function described(
  change: Change,
  { kind }: Pick<RunError, 'kind'>,
  names: Names,
): readonly [string, string | null] {
  switch (kind) {
    case 'dangling-reference':
      return change.kind === 'AddForeignKey' || change.kind === 'AlterForeignKey'
        ? [
            `a row of ${displayName(change.table)} has no match in the referenced table`,
            orphans(change, names),
          ]
        : ['a row has no match', null]
    case 'duplicate':
      return change.kind === 'AlterColumnType'
        ? ['two rows of a unique index get the same value', null]
        : ['two rows have the same value', duplicates(change, names)]
    case 'null-in-required':
      return 'column' in change
        ? ['a row has no value', missing(change.table, [change.column], names)]
        : change.kind === 'AddPrimaryKey'
          ? ['a row has no value', missing(change.table, change.columns, names)]
          : ['a row has no value', null]
    case 'check-violation':
      return change.kind === 'AlterColumnType'
        ? ['a row then violates a check on it', null]
        : ['a row violates it', null]
    case 'exclusion-violation':
      return ['two rows conflict with each other', null]
    case 'value-too-long':
      return change.kind === 'AlterColumnType'
        ? ['a value is too long', longest(change, names)]
        : ['', null]
    case 'value-out-of-range':
      return ['a value is out of range', null]
    case 'invalid-value':
      return change.kind === 'AlterColumnType' ? unreadable(change, names) : ['', null]
    default:
      return ['', null]
  }
}

/** Values that are no longer labels, or that cannot be read as another type at all. */
function unreadable(
  { table, column, from, to }: ChangeOf<'AlterColumnType'>,
  names: Names,
): readonly [string, string | null] {
  const { labels } = to
  if (!labels) return [`a value cannot be read as ${displayType(to)}`, null]
  const gone = (from?.labels ?? []).filter((label) => !labels.includes(label))
  const reason =
    gone.length > 0
      ? `a row holds ${gone.map((label) => `'${label}'`).join(' or ')}`
      : 'a row holds anything else'
  const list = labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(', ')
  const query = `SELECT ${names.quoted(column)}, count(*) FROM ${names.qualified(table)} WHERE ${names.quoted(column)} NOT IN (${list}) GROUP BY ${names.quoted(column)};`
  return [reason, query]
}

function orphans(
  { table, key }: ChangeOf<'AddForeignKey' | 'AlterForeignKey'>,
  names: Names,
): string | null {
  if (key.columns.length !== key.referencedColumns.length) return null
  const isSet = key.columns.map((column) => `c.${names.quoted(column)} IS NOT NULL`)
  const fits = key.columns.map(
    (column, position) =>
      `p.${names.quoted(key.referencedColumns[position] ?? '')} = c.${names.quoted(column)}`,
  )
  const parent = `SELECT 1 FROM ${names.qualified(key.references)} p WHERE ${fits.join(' AND ')}`
  return `SELECT count(*) FROM ${names.qualified(table)} c WHERE ${isSet.join(' AND ')} AND NOT EXISTS (${parent});`
}

function duplicates(change: Change, names: Names): string | null {
  const isKey = change.kind === 'AddUnique' || change.kind === 'AddPrimaryKey'
  if (!isKey && change.kind !== 'CreateIndex') return null
  const all = isKey ? change.columns : change.index.columns
  const columns = all.filter((name) => name !== null)
  // Of an expression, or of some rows, the catalog does not keep the words.
  if (columns.length !== all.length || columns.length === 0) return null
  if (!isKey && change.index.predicate !== null) return null
  const distinct = isKey
    ? change.kind === 'AddPrimaryKey' || !change.nullsNotDistinct
    : !change.index.nullsNotDistinct
  const list = columns.map((column) => names.quoted(column)).join(', ')
  const where = distinct
    ? ` WHERE ${columns.map((column) => `${names.quoted(column)} IS NOT NULL`).join(' AND ')}`
    : ''
  return `SELECT ${list}, count(*) FROM ${names.qualified(change.table)}${where} GROUP BY ${list} HAVING count(*) > 1 LIMIT 10;`
}

function missing(table: QualifiedName, columns: readonly string[], names: Names): string | null {
  if (columns.length === 0) return null
  const isNull = columns.map((column) => `${names.quoted(column)} IS NULL`).join(' OR ')
  return `SELECT count(*) FROM ${names.qualified(table)} WHERE ${isNull};`
}

function longest({ table, column, to }: ChangeOf<'AlterColumnType'>, names: Names): string | null {
  const [length] = to.modifiers
  return length === undefined
    ? null
    : `SELECT count(*) FROM ${names.qualified(table)} WHERE ${names.length(column)} > ${length};`
}

/** Names as a query has them. */
class Names {
  private readonly quote: string

  constructor(quote: string) {
    this.quote = quote
  }

  quoted(name: string): string {
    return this.quote + name.replaceAll(this.quote, this.quote + this.quote) + this.quote
  }

  qualified({ schema, name }: QualifiedName): string {
    return schema === '' ? this.quoted(name) : `${this.quoted(schema)}.${this.quoted(name)}`
  }

  /** How many characters a column's value has. */
  length(column: string): string {
    const name = this.quoted(column)
    return this.quote === '`' ? `char_length(${name})` : `length(${name}::text)`
  }
}
