import type { Catalog } from '../catalog.ts'
import type { RebuildTable } from '../change/table.ts'
import type { Column, TableCopy } from '../table.ts'
import { renameTable } from './rename.ts'
import { updateTable } from './update.ts'

/** The rebuilt table in the place of the old one: as old as that, as are the columns it kept. */
export function rebuildTable(catalog: Catalog, change: RebuildTable): Catalog {
  const { source } = change.copy
  return updateTable(
    renameTable(catalog, change.through, change.table),
    change.table,
    ({ copiedFrom: _, ...table }) => ({
      ...table,
      createdIn: source.createdIn,
      filledIn: source.filledIn,
      emptiedIn: source.emptiedIn,
      columns: table.columns.map((column) => aged(column, change.copy)),
      constraints: table.constraints.map((constraint) => ({
        ...constraint,
        name: renamed(constraint.name, change),
      })),
      indexes: table.indexes.map((index) =>
        index.constraint === null
          ? index
          : {
              ...index,
              name: renamed(index.name, change),
              constraint: renamed(index.name, change),
            },
      ),
    }),
  )
}

function aged(column: Column, copy: TableCopy): Column {
  const copied = copy.columns.find((candidate) => candidate.column === column.name)
  const old = copy.source.columns.find(({ name }) => name === (copied?.from ?? column.name))
  if (old === undefined) return column
  const { createdIn, defaultedIn, filledIn, writtenIn } = old
  return { ...column, createdIn, defaultedIn, filledIn, writtenIn }
}

/** Names that are made from the table's are made from its passing name first. */
function renamed(name: string, { through, table }: RebuildTable): string {
  const prefix = `${through.name}_`
  return name.startsWith(prefix) ? `${table.name}_${name.slice(prefix.length)}` : name
}
