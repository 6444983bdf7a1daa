import type { Change, ChangeOf } from '../../src/catalog/change.ts'
import { isNewColumn } from '../../src/catalog/newness.ts'
import { type QualifiedName, displayName } from '../../src/catalog/names.ts'
import { displayType } from '../../src/catalog/type.ts'
import type { Effects, RunError } from '../../src/dialects/effects.ts'

/** What of the rows makes a statement fail, for a message and its help. */
export interface RowFailure {
  /** To go on a sentence with: `, and fails if …`; empty where no row can. */
  readonly fails: string
  /** A sentence with a query that changes nothing and tells whether production would fail. */
  readonly ask: string
}

const NONE: RowFailure = { fails: '', ask: '' }

/**
 * What rows can make of a change that is reported for another reason.
 *
 * @param errors - of its effects
 */
export function rowFailure(change: Change, { errors }: Effects): RowFailure {
  const error = errors.find(({ when }) => when === 'some-rows')
  if (error === undefined) return NONE
  const [reason, query] = described(change, error)
  if (reason === '') return NONE
  const ask =
    query === null || isOnNewColumn(change)
      ? ''
      : ` Ask production first whether there are such rows: ${query}`
  return { fails: `, and fails if ${reason}`, ask }
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

function described(change: Change, { kind }: RunError): readonly [string, string | null] {
  switch (kind) {
    case 'dangling-reference':
      return change.kind === 'AddForeignKey' || change.kind === 'AlterForeignKey'
        ? [`a row of ${displayName(change.table)} refers to none`, orphans(change)]
        : ['a row refers to none', null]
    case 'duplicate':
      return change.kind === 'AlterColumnType'
        ? ['two rows of a unique index get the same value', null]
        : ['two rows have the same value', duplicates(change)]
    case 'null-in-required':
      return 'column' in change
        ? ['a row has no value', missing(change.table, [change.column])]
        : change.kind === 'AddPrimaryKey'
          ? ['a row has no value', missing(change.table, change.columns)]
          : ['a row has no value', null]
    case 'check-violation':
      return ['a row does not satisfy it', null]
    case 'exclusion-violation':
      return ['two rows exclude each other', null]
    case 'value-too-long':
      return change.kind === 'AlterColumnType'
        ? ['a value is too long', longest(change)]
        : ['', null]
    case 'value-out-of-range':
      return ['a value is out of range', null]
    case 'invalid-value':
      return change.kind === 'AlterColumnType'
        ? [`a value cannot be read as ${displayType(change.to)}`, null]
        : ['', null]
    default:
      return ['', null]
  }
}

function orphans({ table, key }: ChangeOf<'AddForeignKey' | 'AlterForeignKey'>): string | null {
  if (key.columns.length !== key.referencedColumns.length) return null
  const isSet = key.columns.map((column) => `c.${quoted(column)} IS NOT NULL`)
  const fits = key.columns.map(
    (column, position) =>
      `p.${quoted(key.referencedColumns[position] ?? '')} = c.${quoted(column)}`,
  )
  const parent = `SELECT 1 FROM ${qualified(key.references)} p WHERE ${fits.join(' AND ')}`
  return `SELECT count(*) FROM ${qualified(table)} c WHERE ${isSet.join(' AND ')} AND NOT EXISTS (${parent});`
}

function duplicates(change: Change): string | null {
  const isKey = change.kind === 'AddUnique' || change.kind === 'AddPrimaryKey'
  if (!isKey && change.kind !== 'CreateIndex') return null
  const names = isKey ? change.columns : change.index.columns
  const columns = names.filter((name) => name !== null)
  // Of an expression, or of some rows, the catalog does not keep the words.
  if (columns.length !== names.length || columns.length === 0) return null
  if (!isKey && change.index.predicate !== null) return null
  const distinct = isKey
    ? change.kind === 'AddPrimaryKey' || !change.nullsNotDistinct
    : !change.index.nullsNotDistinct
  const list = columns.map(quoted).join(', ')
  const where = distinct
    ? ` WHERE ${columns.map((column) => `${quoted(column)} IS NOT NULL`).join(' AND ')}`
    : ''
  return `SELECT ${list}, count(*) FROM ${qualified(change.table)}${where} GROUP BY ${list} HAVING count(*) > 1 LIMIT 10;`
}

function missing(table: QualifiedName, columns: readonly string[]): string | null {
  if (columns.length === 0) return null
  const isNull = columns.map((column) => `${quoted(column)} IS NULL`).join(' OR ')
  return `SELECT count(*) FROM ${qualified(table)} WHERE ${isNull};`
}

function longest({ table, column, to }: ChangeOf<'AlterColumnType'>): string | null {
  const [length] = to.modifiers
  return length === undefined
    ? null
    : `SELECT count(*) FROM ${qualified(table)} WHERE length(${quoted(column)}::text) > ${length};`
}

function qualified({ schema, name }: QualifiedName): string {
  return schema === '' ? quoted(name) : `${quoted(schema)}.${quoted(name)}`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
