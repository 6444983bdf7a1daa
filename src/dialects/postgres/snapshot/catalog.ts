import { type Catalog, EMPTY_CATALOG } from '../../../catalog/catalog.ts'
import { clip, LONGEST_NAME } from '../../../catalog/clip.ts'
import { UNREAD_EXPRESSION } from '../../../catalog/expression.ts'
import { type QualifiedName, nameKey } from '../../../catalog/names.ts'
import type { SqlReader } from '../../../catalog/reader.ts'
import { SharedSet } from '../../../catalog/sharedSet.ts'
import { type Subject, subjectKey } from '../../../catalog/subject.ts'
import {
  type Column,
  type Constraint,
  type Index,
  type Table,
  emptyTable,
} from '../../../catalog/table.ts'
import type { DataType } from '../../../catalog/type.ts'
import { type BuiltTable, KnownTables } from '../../snapshot/knownTables.ts'
import type { ReadSnapshot } from '../../snapshot/reader.ts'
import type { Snapshot, SnapshotColumn, SnapshotIndex, SnapshotTable } from './snapshot.ts'

/**
 * The database that a snapshot describes; functions, triggers and partitions are not in it.
 *
 * @param readerFor - reads the types and expressions, whose bare names may mean the catalog's types
 * @param known - shared by the snapshots of one project: unchanged tables are then the same objects
 */
export function snapshotCatalog(
  snapshot: Snapshot,
  readerFor: (catalog: Catalog) => SqlReader,
  known: KnownTables<SnapshotTable>,
): Pick<ReadSnapshot, 'catalog' | 'unread'> {
  const origin = { createdIn: 0 }
  const bare: Catalog = {
    ...EMPTY_CATALOG,
    schemas: SharedSet.from([...EMPTY_CATALOG.schemas, ...snapshot.schemas]),
    enums: keyed(
      snapshot.enums.map((type) => ({
        ...named(type),
        ...origin,
        labels: type.labels,
        createdBy: 0,
        added: [],
      })),
    ),
    sequences: keyed(
      snapshot.sequences.map((sequence) => ({ ...named(sequence), ...origin, ownedBy: null })),
    ),
    views: keyed(
      snapshot.views.map((view) => ({
        ...named(view),
        ...origin,
        materialized: view.materialized,
        reads: [],
        indexes: [],
      })),
    ),
  }
  const reader = readerFor(bare)
  const built = snapshot.tables.map((table) =>
    known.get(bare.enums, table, () => build(bare, reader, table)),
  )
  return {
    catalog: { ...bare, tables: new Map(built.map(({ table }) => [nameKey(table), table])) },
    unread: new Set(built.flatMap(({ unread }) => unread)),
  }
}

function keyed<T extends QualifiedName>(objects: readonly T[]): ReadonlyMap<string, T> {
  return new Map(objects.map((object) => [nameKey(object), object]))
}

/** PostgreSQL cuts names that are too long; drizzle-kit does not. */
function clipped(name: string): string {
  return clip(name, LONGEST_NAME)
}

function named({ schema, name }: QualifiedName): QualifiedName {
  return { schema: clipped(schema), name: clipped(name) }
}

function build(types: Catalog, reader: SqlReader, table: SnapshotTable): BuiltTable {
  const building = new Building(types, reader)
  return { table: building.table(table), unread: building.unread }
}

class Building {
  readonly unread: string[] = []
  private readonly types: Catalog
  private readonly reader: SqlReader

  constructor(types: Catalog, reader: SqlReader) {
    this.types = types
    this.reader = reader
  }

  table(table: SnapshotTable): Table {
    const name = named(table)
    const key = new Set(table.primaryKey?.columns)
    return {
      ...emptyTable(name, 0),
      columns: table.columns.map((column) => this.column(name, column, key.has(column.name))),
      constraints: this.constraints(table),
      indexes: [...keyIndexes(table), ...table.indexes.map((index) => this.index(name, index))],
      policies: table.policies.map((policy) => ({
        name: clipped(policy),
        command: 'all',
        columns: [],
      })),
      rowSecurity: table.rowSecurity,
    }
  }

  private column(table: QualifiedName, column: SnapshotColumn, inKey: boolean): Column {
    const name = clipped(column.name)
    const read = this.type(column)
    if (read === null) this.skip('column', table, name)
    const { type, serial } = read ?? { type: UNKNOWN_TYPE, serial: false }
    const { generated } = column
    return {
      name,
      type: column.dimensions > 0 ? { ...type, dimensions: 1 } : type,
      notNull: column.notNull || inKey || serial || column.identity !== null,
      default:
        column.default === undefined
          ? UNREAD_EXPRESSION
          : column.default === null || serial
            ? null
            : this.reader.default(column.default),
      identity: column.identity,
      generated: generated && {
        expression: this.reader.expression(generated.expression),
        stored: generated.stored,
      },
      serial,
      createdIn: 0,
      defaultedIn: null,
      filledIn: null,
      writtenIn: null,
    }
  }

  /** Of an enum the snapshot gives the bare name, whatever letters it has. */
  private type({
    type: text,
    typeSchema,
  }: SnapshotColumn): { type: DataType; serial: boolean } | null {
    const bare = text.replace(/(?:\[\d*\])+$/, '')
    const isEnum =
      typeSchema !== null || this.types.enums.has(nameKey({ schema: 'public', name: bare }))
    if (isEnum) {
      const dimensions = bare === text ? 0 : 1
      const name = named({ schema: typeSchema ?? 'public', name: bare })
      if (typeSchema === null || this.types.enums.has(nameKey(name))) {
        return { type: { ...name, modifiers: [], dimensions, collation: null }, serial: false }
      }
    }
    const read = this.reader.type(text)
    // What is not a type of the server's own, drizzle-kit quotes.
    const isQuoted = /^\w*[A-Z]\w*$/.test(bare) && read?.type.schema !== null
    return isQuoted ? this.reader.type(`"${bare}"${text.slice(bare.length)}`) : read
  }

  private constraints(table: SnapshotTable): readonly Constraint[] {
    const common = { valid: true, createdIn: 0 }
    const clipAll = (names: readonly string[]) => names.map(clipped)
    return [
      ...(table.primaryKey
        ? [{ ...common, type: 'primary key' as const, ...keyOf(table, table.primaryKey) }]
        : []),
      ...table.uniques.map(({ name, columns }) => ({
        ...common,
        type: 'unique' as const,
        name: clipped(name),
        columns: clipAll(columns),
      })),
      ...table.checks.map(({ name, value }) => ({
        ...common,
        type: 'check' as const,
        name: clipped(name),
        expression: this.reader.expression(value),
      })),
      ...table.foreignKeys.map((key) => ({
        ...common,
        ...key,
        type: 'foreign key' as const,
        name: clipped(key.name),
        columns: clipAll(key.columns),
        references: named(key.references),
        referencedColumns: clipAll(key.referencedColumns),
        enforced: true,
      })),
    ]
  }

  private index(table: QualifiedName, index: SnapshotIndex): Index {
    const name = clipped(index.name)
    const keys = index.keys.map(({ text, isExpression }) => {
      if (!isExpression) return { columns: [clipped(text)], expressionColumns: [] }
      const read = this.reader.indexKey(text)
      if (read === null) this.skip('index', table, name)
      return read ?? { columns: [null], expressionColumns: [] }
    })
    return {
      name,
      method: index.method.toLowerCase(),
      unique: index.unique,
      nullsNotDistinct: false,
      columns: keys.flatMap(({ columns }) => columns),
      included: [],
      expressionColumns: keys.flatMap(({ expressionColumns }) => expressionColumns),
      predicate: index.where === null ? null : this.reader.expression(index.where),
      constraint: null,
      createdIn: 0,
    }
  }

  private skip(kind: Subject['kind'], table: QualifiedName, name: string): void {
    this.unread.push(subjectKey({ kind, table, name: { schema: table.schema, name } }))
  }
}

const UNKNOWN_TYPE: DataType = {
  schema: '',
  name: '',
  modifiers: [],
  dimensions: 0,
  collation: null,
}

function keyOf(
  table: SnapshotTable,
  key: NonNullable<SnapshotTable['primaryKey']>,
): { readonly name: string; readonly columns: readonly string[] } {
  return { name: clipped(key.name ?? `${table.name}_pkey`), columns: key.columns.map(clipped) }
}

/** The indexes behind the keys. */
function keyIndexes(table: SnapshotTable): readonly Index[] {
  const common = {
    method: 'btree',
    unique: true,
    included: [],
    expressionColumns: [],
    predicate: null,
    createdIn: 0,
  }
  const index = (name: string, columns: readonly string[], nullsNotDistinct: boolean): Index => {
    const short = clipped(name)
    return {
      ...common,
      name: short,
      constraint: short,
      columns: columns.map(clipped),
      nullsNotDistinct,
    }
  }
  const primary = table.primaryKey && keyOf(table, table.primaryKey)
  return [
    ...(primary ? [index(primary.name, primary.columns, false)] : []),
    ...table.uniques.map(({ name, columns, nullsNotDistinct }) =>
      index(name, columns, nullsNotDistinct),
    ),
  ]
}
