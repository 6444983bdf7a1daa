import { findTable } from '../../../catalog/catalog.ts'
import type { Change } from '../../../catalog/change.ts'
import type { ColumnChange } from '../../../catalog/change/column.ts'
import { displayExpression } from '../../../catalog/contrast.ts'
import type { Expression } from '../../../catalog/expression.ts'
import { displayColumn } from '../../../catalog/names.ts'
import {
  type Column,
  type Table,
  constraintColumns,
  findColumn,
  indexColumns,
} from '../../../catalog/table.ts'
import { type DataType, displayType } from '../../../catalog/type.ts'
import { listed } from '../../../finding/listed.ts'
import { GENERAL, type Reversals } from '../../reversal/general.ts'
import { byHand, NOTHING, type Reversal, undoneBy } from '../../reversal/reversal.ts'
import { alterTable, quoted, typeSql } from './sql.ts'

/** How changes of columns are undone. */
export const columns = {
  AddColumn(change) {
    if (columnBefore(change) !== undefined) return NOTHING
    return undoneBy(
      alter(change, 'DROP COLUMN'),
      `everything written to ${nameOf(change)} since then is lost`,
    )
  },
  DropColumn(change) {
    const column = columnBefore(change)
    if (column === undefined) return GENERAL.DropColumn(change)
    if (column.generated) return byHand(`the generated column ${nameOf(change)}: its expression`)
    const value = column.default && defaultSql(column.default, column.type)
    const has = [
      ...(value === null ? [] : [`DEFAULT ${value}`]),
      // Rows that are there have to get something.
      ...(value !== null && column.notNull ? ['NOT NULL'] : []),
    ]
    const isCounted = column.serial || column.identity !== null
    const rest = [
      ...(column.notNull && value === null ? ['NOT NULL'] : []),
      ...(isCounted || (column.default !== null && value === null) ? ['its default'] : []),
    ]
    const along = goesAlong(findTable(change.before, change.table), column.name)
    const type = [typeSql(column.type), ...has].join(' ')
    return undoneBy(
      alterTable(change.table, `ADD COLUMN ${quoted(column.name)} ${type}`),
      [
        `the data of ${nameOf(change)} is gone`,
        ...(rest.length === 0 ? [] : [`it comes back without ${rest.join(' and ')}`]),
        ...(along.length === 0 ? [] : [`${listed(along)} went with it`]),
      ].join(', and '),
    )
  },
  RenameColumn: ({ table, column, to }) =>
    undoneBy(alterTable(table, `RENAME COLUMN ${quoted(to)} TO ${quoted(column)}`)),
  AlterColumnType(change) {
    const { table, column, from } = change
    if (from === null) return byHand(`the type that ${nameOf(change)} had`)
    const name = quoted(column)
    const type = typeSql(from)
    const cast = from.collation === null ? type : typeSql({ ...from, collation: null })
    const back = alterTable(
      table,
      `ALTER COLUMN ${name} SET DATA TYPE ${type} USING ${name}::${cast}`,
    )
    const before = columnBefore(change)
    const value = before?.default ? defaultSql(before.default, from) : null
    // What it has got since may be nothing that the old type can hold.
    const sql =
      value === null
        ? [back]
        : [
            alter(change, 'ALTER COLUMN', 'DROP DEFAULT'),
            back,
            alter(change, 'ALTER COLUMN', `SET DEFAULT ${value}`),
          ]
    return undoneBy(
      sql,
      `changing ${nameOf(change)} back fails on values that ${displayType(from)} cannot hold`,
    )
  },
  SetNotNull(change) {
    if (columnBefore(change)?.notNull) return NOTHING
    return undoneBy(alter(change, 'ALTER COLUMN', 'DROP NOT NULL'))
  },
  DropNotNull(change) {
    if (columnBefore(change)?.notNull === false) return NOTHING
    return undoneBy(
      alter(change, 'ALTER COLUMN', 'SET NOT NULL'),
      `making ${nameOf(change)} NOT NULL again fails on rows that were written without it`,
    )
  },
  SetDefault(change) {
    const before = columnBefore(change)
    if (before === undefined || before.serial) return GENERAL.SetDefault(change)
    if (before.default === null) return undoneBy(alter(change, 'ALTER COLUMN', 'DROP DEFAULT'))
    return setAgain(change, before) ?? GENERAL.SetDefault(change)
  },
  DropDefault(change) {
    const before = columnBefore(change)
    if (before === undefined || before.serial) return GENERAL.DropDefault(change)
    if (before.default === null) return NOTHING
    return setAgain(change, before) ?? GENERAL.DropDefault(change)
  },
  AddIdentity: (change) => undoneBy(alter(change, 'ALTER COLUMN', 'DROP IDENTITY')),
  DropIdentity(change) {
    const identity = columnBefore(change)?.identity
    if (identity === null) return NOTHING
    if (identity === undefined) return byHand(`the identity of ${nameOf(change)}`)
    return undoneBy(
      alter(change, 'ALTER COLUMN', `ADD GENERATED ${identity.toUpperCase()} AS IDENTITY`),
      `${nameOf(change)} starts from 1 again: move it past the existing rows (setval) before anything is inserted`,
    )
  },
} satisfies Reversals

/** Gives a column the default that it had; null where its text is not known. */
function setAgain(change: ColumnChange, before: Column): Reversal | null {
  const value = before.default && defaultSql(before.default, before.type)
  return value === null ? null : undoneBy(alter(change, 'ALTER COLUMN', `SET DEFAULT ${value}`))
}

/** A default as SQL, if it is a constant or a plain call; null for anything longer. */
function defaultSql(value: Expression, type: DataType): string | null {
  const text = displayExpression(value)
  if (text === null) return null
  // A constant of another type, from before the column got this one.
  const isBare = /^(?:true|false|-?[\d.]+(?:e[+-]?\d+)?)$/i.test(text)
  const isOwn = /^(?:bool|int[248]|float[48]|numeric)$/.test(type.name) && type.dimensions === 0
  return isBare && !isOwn ? `'${text}'` : text
}

/** What a column takes along when it is dropped. */
function goesAlong(table: Table | undefined, column: string): readonly string[] {
  if (table === undefined) return []
  const constraints = table.constraints.filter(
    (one) => one.type !== 'not null' && constraintColumns(one).includes(column),
  )
  const indexes = table.indexes.filter(
    (one) => one.constraint === null && indexColumns(one).includes(column),
  )
  return [
    ...constraints.map(({ name }) => `the constraint ${name}`),
    ...indexes.map(({ name }) => `the index ${name}`),
  ]
}

function alter({ table, column }: ColumnChange, what: string, then = ''): string {
  return alterTable(table, `${what} ${quoted(column)}${then === '' ? '' : ` ${then}`}`)
}

function nameOf({ table, column }: ColumnChange): string {
  return displayColumn(table, column)
}

function columnBefore({ before, table, column }: Change<ColumnChange>): Column | undefined {
  return findColumn(findTable(before, table), column)
}
