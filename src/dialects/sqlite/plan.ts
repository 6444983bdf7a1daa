import { applyChange } from '../../catalog/apply.ts'
import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { UNREAD_EXPRESSION } from '../../catalog/expression.ts'
import { type QualifiedName, nameKey } from '../../catalog/names.ts'
import { type Table, findColumn } from '../../catalog/table.ts'
import { asIndex } from '../ddl/uniqueIndex.ts'

/**
 * Changes as drizzle-kit makes them: what ALTER TABLE of SQLite cannot do, it does by making the table
 * again, and a unique constraint of a table that is there becomes a unique index.
 *
 * @param before - the database that the changes start from
 */
export function planned(before: Catalog, changes: readonly ChangeBody[]): readonly ChangeBody[] {
  const possible = changes.flatMap((change) => asIndex(before, change))
  const rebuilt = new Map<string, QualifiedName>()
  for (const change of possible) {
    const table = rebuiltTable(before, change)
    if (table) rebuilt.set(nameKey(table), table)
  }
  const direct = possible.filter((change) => {
    const table = 'table' in change ? change.table : null
    return table === null || !rebuilt.has(nameKey(table)) || isDirect(change)
  })
  const filled = direct.reduce(applyChange, before)
  const goal = possible.reduce(applyChange, before)
  return [
    ...direct,
    ...[...rebuilt.values()].flatMap((table) => {
      const [source, target] = [findTable(filled, table), findTable(goal, table)]
      return source && target ? rebuild(source, target) : []
    }),
  ]
}

/** What ALTER TABLE does. */
function isDirect({ kind }: ChangeBody): boolean {
  return kind === 'AddColumn' || kind === 'DropColumn' || kind === 'RenameColumn'
}

/** The table that has to be made again for a change, if one has. */
function rebuiltTable(before: Catalog, change: ChangeBody): QualifiedName | null {
  switch (change.kind) {
    case 'AlterColumnType':
    case 'AlterColumnAttributes':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
    case 'SetExpression':
    case 'DropExpression':
    case 'AddPrimaryKey':
    case 'AddCheck':
    case 'AddForeignKey':
    case 'AlterForeignKey':
    case 'DropConstraint':
      return findTable(before, change.table) ? change.table : null
    default:
      return null
  }
}

function rebuild(source: Table, target: Table): readonly ChangeBody[] {
  const { schema, name } = target
  const table = { schema, name }
  const through = { schema, name: `__new_${name}` }
  const copied = target.columns.filter(
    (column) => column.generated === null && findColumn(source, column.name),
  )
  return [
    {
      kind: 'CreateTable',
      table: through,
      definition: {
        ...target,
        ...through,
        triggers: [],
        indexes: target.indexes.filter(({ constraint }) => constraint !== null),
      },
      ifNotExists: false,
      fromQuery: false,
    },
    { kind: 'DropTable', table, cascade: false, ifExists: false, together: [table] },
    {
      kind: 'RebuildTable',
      table,
      through,
      copy: {
        source,
        everyRow: true,
        columns: copied.map((column) => ({
          column: column.name,
          from: column.name,
          value: { ...UNREAD_EXPRESSION, columns: [column.name] },
        })),
      },
      lost: { indexes: [], triggers: [] },
    },
    ...target.indexes
      .filter(({ constraint }) => constraint === null)
      .map((index): ChangeBody => {
        const rest = { concurrently: false, ifNotExists: false, only: false }
        return { kind: 'CreateIndex', table, index, ...rest }
      }),
  ]
}
