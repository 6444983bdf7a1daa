import { findTable } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { TableChange } from '../../../catalog/change/table.ts'
import { displayName } from '../../../catalog/names.ts'
import { byHand, gone, NOTHING, type Reversal, undoneBy } from '../../reversal.ts'
import { alterTable, qualified, quoted } from './sql.ts'

/** How changes of tables are undone. */
export const tables: {
  readonly [K in TableChange['kind']]: (change: ChangeOf<K>) => Reversal
} = {
  CreateTable({ table, before }) {
    if (findTable(before, table) !== undefined) return NOTHING
    return undoneBy(
      `DROP TABLE ${qualified(table)};`,
      `what was written to ${displayName(table)} since goes`,
    )
  },
  DropTable: ({ table, ifExists, before }) =>
    ifExists && findTable(before, table) === undefined
      ? NOTHING
      : gone(`the table ${displayName(table)} with its rows`),
  RenameTable: ({ table, to }) => undoneBy(alterTable(to, `RENAME TO ${quoted(table.name)}`)),
  RebuildTable: ({ table }) => byHand(`the table ${displayName(table)} as it was`),
  SetTableSchema: ({ table, to }) => undoneBy(alterTable(to, `SET SCHEMA ${quoted(table.schema)}`)),
  TruncateTable: ({ table }) => gone(`the rows of ${displayName(table)}`),
  SetTableStorage({ table, setting }) {
    if (setting === 'logged') return undoneBy(alterTable(table, 'SET UNLOGGED'))
    if (setting === 'unlogged') return undoneBy(alterTable(table, 'SET LOGGED'))
    return byHand(`the ${setting} of ${displayName(table)}`)
  },
  AlterTableSetting: ({ table, action }) => byHand(`${action} of ${displayName(table)}`),
  SetRowSecurity({ table, enabled, before }) {
    if (findTable(before, table)?.rowSecurity === enabled) return NOTHING
    return undoneBy(alterTable(table, `${enabled ? 'DISABLE' : 'ENABLE'} ROW LEVEL SECURITY`))
  },
  AttachPartition: ({ table, partition }) =>
    undoneBy(alterTable(table, `DETACH PARTITION ${qualified(partition)}`)),
  DetachPartition: ({ partition }) => byHand(`the bounds of ${displayName(partition)}`),
  SetInheritance: ({ table, parent, inherits }) =>
    undoneBy(alterTable(table, `${inherits ? 'NO INHERIT' : 'INHERIT'} ${qualified(parent)}`)),
  ClusterTable: () => NOTHING,
  VacuumTable: () => NOTHING,
  AnalyzeTable: () => NOTHING,
  LockTable: () => NOTHING,
}
