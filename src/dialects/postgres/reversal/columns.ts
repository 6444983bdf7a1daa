import { findTable } from '../../../catalog/catalog.ts'
import type { Change } from '../../../catalog/change.ts'
import type { ColumnChange } from '../../../catalog/change/column.ts'
import { displayColumn } from '../../../catalog/names.ts'
import { type Column, findColumn } from '../../../catalog/table.ts'
import { displayType } from '../../../catalog/type.ts'
import { GENERAL, type Reversals } from '../../reversal/general.ts'
import { byHand, NOTHING, undoneBy } from '../../reversal/reversal.ts'
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
    const rest = [
      ...(column.notNull ? ['NOT NULL'] : []),
      ...(column.default !== null || column.identity !== null ? ['its default'] : []),
    ]
    const more = rest.length === 0 ? '' : `, and it comes back without ${rest.join(' and ')}`
    return undoneBy(
      alterTable(change.table, `ADD COLUMN ${quoted(column.name)} ${typeSql(column.type)}`),
      `the data of ${nameOf(change)} is gone${more}`,
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
    return undoneBy(
      alterTable(table, `ALTER COLUMN ${name} SET DATA TYPE ${type} USING ${name}::${cast}`),
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
    if (before?.default === null) return undoneBy(alter(change, 'ALTER COLUMN', 'DROP DEFAULT'))
    return GENERAL.SetDefault(change)
  },
  DropDefault(change) {
    if (columnBefore(change)?.default === null) return NOTHING
    return GENERAL.DropDefault(change)
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

function alter({ table, column }: ColumnChange, what: string, then = ''): string {
  return alterTable(table, `${what} ${quoted(column)}${then === '' ? '' : ` ${then}`}`)
}

function nameOf({ table, column }: ColumnChange): string {
  return displayColumn(table, column)
}

function columnBefore({ before, table, column }: Change<ColumnChange>): Column | undefined {
  return findColumn(findTable(before, table), column)
}
