import { findIndex, findTable, findView } from '../../catalog/catalog.ts'
import { isNewTable } from '../../catalog/newness.ts'
import { displayColumn, displayName } from '../../catalog/names.ts'
import { findColumn } from '../../catalog/table.ts'
import { displayType } from '../../catalog/type.ts'
import { GENERAL, type Reversals, reversals } from '../reversal/general.ts'
import { NOTHING, undoneBy } from '../reversal/reversal.ts'

/** SQLite alters little: for the rest a table is made anew, by hand. */
const STATEMENTS = {
  CreateTable({ table, before }) {
    if (findTable(before, table) !== undefined) return NOTHING
    return undoneBy(
      `DROP TABLE ${quoted(table.name)};`,
      `everything written to ${displayName(table)} since then is lost`,
    )
  },
  RenameTable: ({ table, to }) =>
    undoneBy(`ALTER TABLE ${quoted(to.name)} RENAME TO ${quoted(table.name)};`),
  AddColumn(change) {
    const { table, column, before } = change
    if (findColumn(findTable(before, table), column) !== undefined) return NOTHING
    return undoneBy(
      `ALTER TABLE ${quoted(table.name)} DROP COLUMN ${quoted(column)};`,
      `everything written to ${displayColumn(table, column)} since then is lost; SQLite refuses it if the column has a foreign key`,
    )
  },
  DropColumn(change) {
    const { table, column, before } = change
    const had = findColumn(findTable(before, table), column)
    if (had === undefined || had.generated) return GENERAL.DropColumn(change)
    const bare = had.notNull || had.default !== null
    return undoneBy(
      `ALTER TABLE ${quoted(table.name)} ADD COLUMN ${quoted(column)} ${displayType(had.type)};`,
      `the data of ${displayColumn(table, column)} is gone${bare ? ', and it comes back without its default and NOT NULL' : ''}`,
    )
  },
  RenameColumn: ({ table, column, to }) =>
    undoneBy(`ALTER TABLE ${quoted(table.name)} RENAME COLUMN ${quoted(to)} TO ${quoted(column)};`),
  CreateIndex({ index, table, before }) {
    const name = { schema: table.schema, name: index.name }
    if (findIndex(before, name) !== undefined) return NOTHING
    return undoneBy(`DROP INDEX ${quoted(index.name)};`)
  },
  DropIndex(change) {
    const { before, index } = change
    const found = findIndex(before, index)
    if (found === undefined) return GENERAL.DropIndex(change)
    const { on, index: had } = found
    const columns = had.columns.map((column) => column && quoted(column))
    if (had.predicate !== null || columns.includes(null)) {
      return GENERAL.DropIndex(change)
    }
    const unique = had.unique ? 'UNIQUE ' : ''
    return undoneBy(
      `CREATE ${unique}INDEX ${quoted(had.name)} ON ${quoted(on.name)} (${columns.join(', ')});`,
      'its columns come back in ascending order, by their own collation',
    )
  },
  CreateView({ view, before }) {
    if (findView(before, view) !== undefined) return NOTHING
    return undoneBy(`DROP VIEW ${quoted(view.name)};`)
  },
  CreateTrigger: ({ trigger, ifNotExists }) =>
    ifNotExists === true ? NOTHING : undoneBy(`DROP TRIGGER ${quoted(trigger)};`),
  // It stands in its table and goes with it.
  AddForeignKey: (change) =>
    isNewTable(change.before, change.table) ? NOTHING : GENERAL.AddForeignKey(change),
} satisfies Reversals

/** How SQLite undoes a change. */
export const reversalOf = reversals(STATEMENTS)

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
