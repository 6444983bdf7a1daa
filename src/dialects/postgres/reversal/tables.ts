import { findTable } from '../../../catalog/catalog.ts'
import { displayName } from '../../../catalog/names.ts'
import { GENERAL, type Reversals } from '../../reversal/general.ts'
import { NOTHING, undoneBy } from '../../reversal/reversal.ts'
import { alterTable, qualified, quoted } from './sql.ts'

/** How changes of tables are undone. */
export const tables = {
  CreateTable({ table, before }) {
    if (findTable(before, table) !== undefined) return NOTHING
    return undoneBy(
      `DROP TABLE ${qualified(table)};`,
      `everything written to ${displayName(table)} since then is lost`,
    )
  },
  RenameTable: ({ table, to }) => undoneBy(alterTable(to, `RENAME TO ${quoted(table.name)}`)),
  SetTableSchema: ({ table, to }) => undoneBy(alterTable(to, `SET SCHEMA ${quoted(table.schema)}`)),
  SetTableStorage(change) {
    const { table, setting } = change
    if (setting === 'logged') return undoneBy(alterTable(table, 'SET UNLOGGED'))
    if (setting === 'unlogged') return undoneBy(alterTable(table, 'SET LOGGED'))
    return GENERAL.SetTableStorage(change)
  },
  SetRowSecurity({ table, enabled, before }) {
    if (findTable(before, table)?.rowSecurity === enabled) return NOTHING
    return undoneBy(alterTable(table, `${enabled ? 'DISABLE' : 'ENABLE'} ROW LEVEL SECURITY`))
  },
  AttachPartition: ({ table, partition }) =>
    undoneBy(alterTable(table, `DETACH PARTITION ${qualified(partition)}`)),
  SetInheritance: ({ table, parent, inherits }) =>
    undoneBy(alterTable(table, `${inherits ? 'NO INHERIT' : 'INHERIT'} ${qualified(parent)}`)),
} satisfies Reversals
