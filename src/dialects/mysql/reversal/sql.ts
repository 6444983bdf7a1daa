import type { QualifiedName } from '../../../catalog/names.ts'
import type { Column, ForeignKeyConstraint, Index, Table } from '../../../catalog/table.ts'
import { displayType } from '../../../catalog/type.ts'
import { baseOf } from '../effects/typeFacts.ts'

/** An identifier as MySQL reads it whatever is in it. */
export function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/** A name with its database; that of the connection goes without saying. */
export function qualified({ schema, name }: QualifiedName): string {
  return schema === '' ? quoted(name) : `${quoted(schema)}.${quoted(name)}`
}

export function alterTable(table: QualifiedName, action: string): string {
  return `ALTER TABLE ${qualified(table)} ${action};`
}

function list(columns: readonly string[]): string {
  return `(${columns.map(quoted).join(', ')})`
}

/** A column with everything that is known of it; null where a part of it is not known as text. */
export function definitionSql(column: Column, table: Table): string | null {
  const { name, type, notNull, generated, autoIncrement, onUpdate, comment } = column
  if (generated !== null) return null
  const initial = defaultSql(column)
  if (initial === null) return null
  const { charset, collation } = type
  const isOwnCharset = charset !== undefined && charset !== table.charset
  const isOwnCollation = collation !== null && collation !== table.collation
  const now = `CURRENT_TIMESTAMP${fractionOf(column)}`
  return [
    quoted(name),
    displayType(type),
    ...(isOwnCharset ? [`CHARACTER SET ${charset}`] : []),
    ...(isOwnCollation ? [`COLLATE ${collation}`] : []),
    // Without the word an old TIMESTAMP is NOT NULL.
    notNull ? 'NOT NULL' : 'NULL',
    ...(initial === '' ? [] : [`DEFAULT ${initial}`]),
    ...(autoIncrement ? ['AUTO_INCREMENT'] : []),
    ...(onUpdate ? [`ON UPDATE ${now}`] : []),
    ...(comment === undefined ? [] : [`COMMENT ${literal(comment)}`]),
  ].join(' ')
}

function fractionOf({ type }: Column): string {
  const [digits] = type.modifiers
  return /^(?:datetime|timestamp)$/.test(baseOf(type)) && digits ? `(${digits})` : ''
}

type Form = string | readonly Form[] | { readonly [key: string]: Form | boolean }

/**
 * A default as the statement has it: constants, the time, and these in parentheses.
 *
 * @returns the empty string without one, null where it is something else
 */
export function defaultSql(column: Column): string | null {
  if (column.default === null) return ''
  const { form } = column.default
  const sql = form === null ? null : valueSql(JSON.parse(form) as Form)
  // Without parentheses the time has as many digits as the column.
  return sql?.startsWith('CURRENT_TIMESTAMP') ? `CURRENT_TIMESTAMP${fractionOf(column)}` : sql
}

/** What of a column the catalog does not keep: `tinyint(1)` and `tinyint` hold the same. */
export function isWidthUnknown({ type }: Column): boolean {
  return baseOf(type) === 'tinyint'
}

function valueSql(form: Form): string | null {
  if (typeof form === 'string') return null
  if (isList(form)) {
    const [label, inner] = form
    const text = label === 'expression' && inner !== undefined ? valueSql(inner) : null
    return text && `(${text})`
  }
  const { string, number, boolean, call, args } = form
  if (typeof string === 'string') return literal(string)
  if (typeof number === 'string') return number
  if (typeof boolean === 'boolean') return String(boolean).toUpperCase()
  const isTime = call === 'now' || call === 'current_timestamp'
  if (!isTime || typeof args !== 'object' || !isList(args)) return null
  const digits = args.map((one) => valueSql(one))
  return digits.includes(null) ? null : `CURRENT_TIMESTAMP${digits[0] ? `(${digits[0]})` : ''}`
}

function isList(form: Form): form is readonly Form[] {
  return Array.isArray(form)
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

/** Where a column stood: behind another, or first. */
export function positionSql({ columns }: Table, name: string): string {
  const at = columns.findIndex((column) => column.name === name)
  const previous = columns[at - 1]
  if (at === columns.length - 1) return ''
  return previous ? ` AFTER ${quoted(previous.name)}` : ' FIRST'
}

/** CREATE INDEX of an index that was there; null where it is on an expression. */
export function indexSql(index: Index, table: QualifiedName): string | null {
  const { name, unique, method, columns, prefixes } = index
  const keys = columns.map(
    (column, at) => column && `${quoted(column)}${prefixes?.[at] ? `(${prefixes[at]})` : ''}`,
  )
  if (keys.includes(null)) return null
  const kind = unique ? 'UNIQUE ' : method === 'btree' ? '' : `${method.toUpperCase()} `
  return `CREATE ${kind}INDEX ${quoted(name)} ON ${qualified(table)} (${keys.join(', ')});`
}

/** ADD CONSTRAINT of a foreign key. */
export function foreignKeySql(key: ForeignKeyConstraint): string {
  const { name, columns, references, referencedColumns, onDelete, onUpdate } = key
  return [
    `ADD CONSTRAINT ${quoted(name)} FOREIGN KEY ${list(columns)}`,
    ` REFERENCES ${qualified(references)} ${list(referencedColumns)}`,
    onDelete === 'no action' ? '' : ` ON DELETE ${onDelete.toUpperCase()}`,
    onUpdate === 'no action' ? '' : ` ON UPDATE ${onUpdate.toUpperCase()}`,
  ].join('')
}

export function primaryKeySql(columns: readonly string[]): string {
  return `ADD PRIMARY KEY ${list(columns)}`
}
