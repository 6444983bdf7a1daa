import { applyChange } from '../../catalog/apply.ts'
import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { UNREAD_EXPRESSION } from '../../catalog/expression.ts'
import { type QualifiedName, nameKey } from '../../catalog/names.ts'
import { type Table, findColumn, findConstraint } from '../../catalog/table.ts'

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

function asIndex(before: Catalog, change: ChangeBody): readonly ChangeBody[] {
  if (change.kind === 'AddUnique') {
    const { table, constraint, columns } = change
    if (findTable(before, table) === undefined) return [change]
    const index = {
      name: constraint,
      method: 'btree',
      unique: true,
      nullsNotDistinct: false,
      columns,
      included: [],
      expressionColumns: [],
      predicate: null,
      constraint: null,
      createdIn: before.deployment,
    }
    const rest = { concurrently: false, ifNotExists: false, only: false }
    return [{ kind: 'CreateIndex', table, index, ...rest }]
  }
  if (change.kind === 'DropConstraint') {
    const known = findTable(before, change.table)
    const isIndex =
      findConstraint(known, change.constraint) === undefined &&
      known?.indexes.some(({ name }) => name === change.constraint)
    const index = { schema: change.table.schema, name: change.constraint }
    const rest = { concurrently: false, ifExists: false, cascade: false }
    if (isIndex) return [{ kind: 'DropIndex', index, table: change.table, ...rest }]
  }
  return [change]
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
