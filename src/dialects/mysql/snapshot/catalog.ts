import type { Catalog } from '../../../catalog/catalog.ts'
import { type QualifiedName, nameKey } from '../../../catalog/names.ts'
import { type Subject, subjectKey } from '../../../catalog/subject.ts'
import {
  type Constraint,
  type ForeignKeyConstraint,
  type Table,
  emptyTable,
} from '../../../catalog/table.ts'
import { sameWord } from '../../ddl/translation.ts'
import type { BuiltTable, KnownTables } from '../../snapshot/knownTables.ts'
import type { ReadSnapshot } from '../../snapshot/reader.ts'
import { readerOf } from '../reader.ts'
import { withIndexFor } from '../settle.ts'
import { PRIMARY } from '../translate/elements.ts'
import { readColumn } from './column.ts'
import { readIndexes } from './indexes.ts'
import type { Snapshot, SnapshotTable } from './snapshot.ts'

/** The database that a snapshot describes, with the indexes that the server makes by itself. */
export function snapshotCatalog(
  empty: Catalog,
  snapshot: Snapshot,
  known: KnownTables<SnapshotTable>,
): Pick<ReadSnapshot, 'catalog' | 'unread'> {
  const built = snapshot.tables.map((table) =>
    known.get(empty.enums, table, () => build(empty, table)),
  )
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

function build(empty: Catalog, source: SnapshotTable): BuiltTable {
  const name = inNoSchema(source.name)
  const keyOf = (kind: Subject['kind'], part: string) =>
    subjectKey({ kind, table: name, name: inNoSchema(part) })
  const spelled = (text: string) =>
    source.columns.find((column) => sameWord(column.name, text))?.name ?? text
  const columns = source.columns.map((column) => readColumn(empty, column, spelled))
  const serials = columns.flatMap(({ column, isSerial }) => (isSerial ? [column.name] : []))
  const { indexes, unread } = readIndexes(empty, source, serials, spelled)
  const keys = foreignKeys(source)
  const table: Table = {
    ...emptyTable(name, 0),
    // A key's columns are NOT NULL, whatever the snapshot says.
    columns: columns.map(({ column }) =>
      source.primaryKey.includes(column.name) ? { ...column, notNull: true } : column,
    ),
    constraints: [...ownConstraints(source, spelled), ...keys],
    indexes,
  }
  return {
    table: keys.reduce(withIndexFor, table),
    unread: [
      ...columns.flatMap((one) => (one.unread ? [keyOf('column', one.column.name)] : [])),
      ...unread.map((index) => keyOf('index', index)),
    ],
  }
}

const COMMON = { valid: true, createdIn: 0 }

function ownConstraints(
  { primaryKey, checks }: SnapshotTable,
  spelled: (name: string) => string,
): readonly Constraint[] {
  const reader = readerOf(spelled)
  return [
    ...(primaryKey.length > 0
      ? [{ ...COMMON, type: 'primary key' as const, name: PRIMARY, columns: primaryKey }]
      : []),
    ...checks.map(({ name, value }) => ({
      ...COMMON,
      type: 'check' as const,
      name,
      expression: reader.expression(value),
    })),
  ]
}

function foreignKeys({ foreignKeys: keys }: SnapshotTable): readonly ForeignKeyConstraint[] {
  return keys.map((key) => ({
    ...COMMON,
    ...key,
    type: 'foreign key',
    references: inNoSchema(key.references),
    enforced: true,
  }))
}
