import { type Catalog, descendants, findTable } from '../catalog.ts'
import type {
  AlterColumnAttributes,
  ColumnAttribute,
  ColumnChange,
  ColumnPosition,
} from '../change/column.ts'
import { type QualifiedName, nameKey } from '../names.ts'
import { type Column, findColumn } from '../table.ts'
import { dropColumn, unowned } from './drop.ts'
import { renameColumn } from './rename.ts'
import { updateColumn, updateTable, withEntry } from './update.ts'

/** Changes that partitions and children make too; dropping and renaming see to theirs themselves. */
const INHERITED: ReadonlySet<ColumnChange['kind']> = new Set([
  'AddColumn',
  'AlterColumnType',
  'SetNotNull',
  'DropNotNull',
  'SetDefault',
  'DropDefault',
])

/** What a change of a column leaves behind. */
export function applyColumnChange(catalog: Catalog, change: ColumnChange): Catalog {
  const result = applyToTable(catalog, change)
  return INHERITED.has(change.kind)
    ? descendants(catalog, change.table).reduce(
        (inherited, child) => applyToTable(inherited, inheritedBy(child, change)),
        result,
      )
    : result
}

/** A sequence belongs to the parent's column alone. */
function inheritedBy({ schema, name }: QualifiedName, change: ColumnChange): ColumnChange {
  const table = { schema, name }
  return change.kind === 'AddColumn'
    ? { ...change, table, definition: { ...change.definition, serial: false, identity: null } }
    : { ...change, table }
}

function applyToTable(catalog: Catalog, change: ColumnChange): Catalog {
  switch (change.kind) {
    case 'AddColumn':
      return addColumn(catalog, change)
    case 'DropColumn':
      return dropColumn(catalog, change.table, change.column)
    case 'RenameColumn':
      return renameColumn(catalog, change.table, change.column, change.to)
    case 'AlterColumnType':
      return updateColumn(catalog, change.table, change.column, (column) => ({
        ...column,
        type: change.to,
      }))
    case 'SetNotNull':
      return setNotNull(catalog, change)
    case 'DropNotNull':
      return dropNotNull(catalog, change)
    case 'SetDefault':
      return updateColumn(catalog, change.table, change.column, (column) => ({
        ...column,
        default: change.default.isNull ? null : change.default,
        defaultedIn: catalog.deployment,
        serial: false,
      }))
    case 'DropDefault':
      return updateColumn(catalog, change.table, change.column, (column) => ({
        ...column,
        default: null,
        serial: false,
      }))
    case 'AddIdentity':
      return addIdentity(catalog, change)
    case 'AlterIdentity':
      return updateColumn(catalog, change.table, change.column, (column) => ({
        ...column,
        identity: change.identity ?? column.identity,
      }))
    case 'DropIdentity':
      return dropIdentity(catalog, change)
    case 'SetExpression':
      return updateColumn(catalog, change.table, change.column, (column) => ({
        ...column,
        generated:
          change.stored === undefined
            ? column.generated && { ...column.generated, expression: change.expression }
            : { expression: change.expression, stored: change.stored },
      }))
    case 'DropExpression':
      return updateColumn(catalog, change.table, change.column, (column) => ({
        ...column,
        generated: null,
      }))
    case 'AlterColumnAttributes':
      return moved(
        updateColumn(catalog, change.table, change.column, (column) =>
          withAttributes(column, change),
        ),
        change,
      )
  }
}

function withAttributes(
  { autoIncrement, onUpdate, comment, ...column }: Column,
  { gained, lost, comment: text }: AlterColumnAttributes,
): Column {
  const has = (attribute: ColumnAttribute, had: boolean | undefined) =>
    (had === true || gained.includes(attribute)) && !lost.includes(attribute)
  const said = text ?? (lost.includes('COMMENT') ? undefined : comment)
  return {
    ...column,
    ...(has('AUTO_INCREMENT', autoIncrement) ? { autoIncrement: true } : {}),
    ...(has('ON UPDATE', onUpdate) ? { onUpdate: true } : {}),
    ...(said === undefined ? {} : { comment: said }),
  }
}

function moved(catalog: Catalog, change: AlterColumnAttributes): Catalog {
  const { position, table, column } = change
  if (position === undefined) return catalog
  return updateTable(catalog, table, (known) => {
    const own = findColumn(known, column)
    const others = known.columns.filter((one) => one !== own)
    return own ? { ...known, columns: placed(others, own, position) } : known
  })
}

/** The columns of a table with one more, at its place. */
function placed(
  columns: readonly Column[],
  column: Column,
  position: ColumnPosition | undefined,
): readonly Column[] {
  const at = columns.findIndex(({ name }) => name === position?.after)
  if (position?.after === null) return [column, ...columns]
  return at < 0 ? [...columns, column] : columns.toSpliced(at + 1, 0, column)
}

function addColumn(catalog: Catalog, change: ColumnChange & { kind: 'AddColumn' }): Catalog {
  if (findColumn(findTable(catalog, change.table), change.column) !== undefined) return catalog
  const added = updateTable(catalog, change.table, (table) => ({
    ...table,
    columns: placed(table.columns, change.definition, change.position),
  }))
  return change.definition.serial || change.definition.identity !== null
    ? ownSequence(added, change, `${change.table.name}_${change.column}_seq`)
    : added
}

function setNotNull(catalog: Catalog, change: ColumnChange & { kind: 'SetNotNull' }): Catalog {
  const table = findTable(catalog, change.table)
  const isKnown = findColumn(table, change.column) !== undefined
  // A column that is not known cannot be marked, but the table can be told.
  const unmarked = isKnown ? null : notNullName(change)
  const named = change.constraint ?? unmarked
  const marked = updateColumn(catalog, change.table, change.column, (column) => ({
    ...column,
    notNull: column.notNull || !change.notValid,
  }))
  if (named === null) return marked
  return updateTable(marked, change.table, (table) => ({
    ...table,
    constraints: [
      ...table.constraints,
      {
        type: 'not null',
        name: named,
        columns: [change.column],
        valid: !change.notValid,
        createdIn: catalog.deployment,
      },
    ],
  }))
}

function notNullName({ table, column }: ColumnChange): string {
  return `${table.name}_${column}_not_null`
}

function dropNotNull(catalog: Catalog, change: ColumnChange & { kind: 'DropNotNull' }): Catalog {
  const marked = updateColumn(catalog, change.table, change.column, (column) => ({
    ...column,
    notNull: false,
  }))
  return updateTable(marked, change.table, (table) => ({
    ...table,
    constraints: table.constraints.filter(
      (constraint) => constraint.type !== 'not null' || !constraint.columns.includes(change.column),
    ),
  }))
}

function addIdentity(catalog: Catalog, change: ColumnChange & { kind: 'AddIdentity' }): Catalog {
  const marked = updateColumn(catalog, change.table, change.column, (column) => ({
    ...column,
    identity: change.identity,
  }))
  return ownSequence(
    marked,
    change,
    change.sequence?.name ?? `${change.table.name}_${change.column}_seq`,
  )
}

function ownSequence(
  catalog: Catalog,
  change: ColumnChange & { kind: 'AddColumn' | 'AddIdentity' },
  name: string,
): Catalog {
  const sequence = { schema: change.table.schema, name }
  return {
    ...catalog,
    sequences: withEntry(catalog.sequences, nameKey(sequence), {
      ...sequence,
      ownedBy: { table: change.table, column: change.column },
      createdIn: catalog.deployment,
    }),
  }
}

function dropIdentity(catalog: Catalog, change: ColumnChange & { kind: 'DropIdentity' }): Catalog {
  const marked = updateColumn(catalog, change.table, change.column, (column) => ({
    ...column,
    identity: null,
  }))
  return { ...marked, sequences: unowned(marked, change.table, change.column) }
}
