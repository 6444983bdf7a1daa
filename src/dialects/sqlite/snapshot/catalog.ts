import type { Catalog } from '../../../catalog/catalog.ts'
import { UNREAD_EXPRESSION } from '../../../catalog/expression.ts'
import { type QualifiedName, nameKey } from '../../../catalog/names.ts'
import { type Subject, subjectKey } from '../../../catalog/subject.ts'
import { type Column, type Constraint, type Index, emptyTable } from '../../../catalog/table.ts'
import type { DataType } from '../../../catalog/type.ts'
import type { BuiltTable, KnownTables } from '../../snapshot/knownTables.ts'
import type { ReadSnapshot } from '../../snapshot/reader.ts'
import { sqlReader } from '../reader.ts'
import { isRowid } from '../translate/columns.ts'
import type { Snapshot, SnapshotColumn, SnapshotIndex, SnapshotTable } from './snapshot.ts'

/** The database that a snapshot describes; triggers and virtual tables are not in it. */
export function snapshotCatalog(
  empty: Catalog,
  snapshot: Snapshot,
  known: KnownTables<SnapshotTable>,
): Pick<ReadSnapshot, 'catalog' | 'unread'> {
  const built = snapshot.tables.map((table) => known.get(empty.enums, table, () => build(table)))
  const views = snapshot.views.map((name) => ({
    ...inNoSchema(name),
    materialized: false,
    reads: [],
    indexes: [],
    createdIn: 0,
  }))
  return {
    catalog: {
      ...empty,
      tables: new Map(built.map(({ table }) => [nameKey(table), table])),
      views: new Map(views.map((view) => [nameKey(view), view])),
    },
    unread: new Set(built.flatMap(({ unread }) => unread)),
  }
}

function inNoSchema(name: string): QualifiedName {
  return { schema: '', name }
}

function build(table: SnapshotTable): BuiltTable {
  const unread: string[] = []
  const skip = (kind: Subject['kind'], name: string) => {
    unread.push(subjectKey({ kind, table: inNoSchema(table.name), name: inNoSchema(name) }))
  }
  return {
    table: {
      ...emptyTable(inNoSchema(table.name), 0),
      columns: table.columns.map((column) => columnOf(column, table.primaryKey, skip)),
      constraints: constraintsOf(table),
      indexes: [...keyIndexes(table), ...table.indexes.map((index) => indexOf(index, skip))],
    },
    unread,
  }
}

type Skip = (kind: Subject['kind'], name: string) => void

const UNKNOWN_TYPE: DataType = {
  schema: null,
  name: '',
  modifiers: [],
  dimensions: 0,
  collation: null,
}

function columnOf(column: SnapshotColumn, key: readonly string[], skip: Skip): Column {
  const { name, generated } = column
  const type = column.type === '' ? UNKNOWN_TYPE : sqlReader.type(column.type)?.type
  if (type === undefined) skip('column', name)
  const isOnlyKey = key.length === 1 && key[0] === name
  return {
    name,
    type: type ?? UNKNOWN_TYPE,
    // A rowid's alias is never NULL, whatever the snapshot says.
    notNull: column.notNull || (isOnlyKey && type !== undefined && isRowid(type)),
    default:
      column.default === undefined
        ? UNREAD_EXPRESSION
        : column.default === null
          ? null
          : sqlReader.default(column.default),
    identity: null,
    generated: generated && {
      expression: sqlReader.expression(generated.expression),
      stored: generated.stored,
    },
    serial: false,
    ...(column.autoIncrement ? { autoIncrement: true } : {}),
    createdIn: 0,
    defaultedIn: null,
    filledIn: null,
    writtenIn: null,
  }
}

function constraintsOf(table: SnapshotTable): readonly Constraint[] {
  const common = { valid: true, createdIn: 0 }
  return [
    ...(table.primaryKey.length > 0
      ? [
          {
            ...common,
            type: 'primary key' as const,
            name: `${table.name}_pk`,
            columns: table.primaryKey,
          },
        ]
      : []),
    ...table.uniques.map((unique) => ({ ...common, ...unique, type: 'unique' as const })),
    ...table.checks.map(({ name, value }) => ({
      ...common,
      type: 'check' as const,
      name,
      expression: sqlReader.expression(value),
    })),
    ...table.foreignKeys.map((key) => ({
      ...common,
      ...key,
      type: 'foreign key' as const,
      references: inNoSchema(key.references),
      enforced: true,
    })),
  ]
}

/** The indexes behind the keys. */
function keyIndexes(table: SnapshotTable): readonly Index[] {
  const keys = constraintsOf(table).flatMap((constraint) =>
    constraint.type === 'primary key' || constraint.type === 'unique' ? [constraint] : [],
  )
  return keys.map(({ name, columns }) => ({
    ...plain(name),
    unique: true,
    columns,
    constraint: name,
  }))
}

function plain(name: string): Index {
  return {
    name,
    method: 'btree',
    unique: false,
    nullsNotDistinct: false,
    columns: [],
    included: [],
    expressionColumns: [],
    predicate: null,
    constraint: null,
    createdIn: 0,
  }
}

function indexOf(index: SnapshotIndex, skip: Skip): Index {
  const keys = index.keys.map(({ text, isExpression }) => {
    if (!isExpression) return { columns: [text], expressionColumns: [] }
    const read = sqlReader.indexKey(text)
    if (read === null) skip('index', index.name)
    return read ?? { columns: [null], expressionColumns: [] }
  })
  return {
    ...plain(index.name),
    unique: index.unique,
    columns: keys.flatMap(({ columns }) => columns),
    expressionColumns: keys.flatMap(({ expressionColumns }) => expressionColumns),
    predicate: index.where === null ? null : sqlReader.expression(index.where),
  }
}
