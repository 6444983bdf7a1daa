import { type QualifiedName, nameKey, sameName } from './names.ts'
import { SharedMap } from './sharedMap.ts'
import type { Epoch, Index, Table } from './table.ts'
import type { DataType } from './type.ts'
import type { ViewSource } from './viewSource.ts'
import type { Expression } from './expression.ts'

export interface EnumType extends QualifiedName {
  readonly labels: readonly string[]
  readonly createdIn: Epoch
  /** The transaction that created it. */
  readonly createdBy: Epoch
  /** Labels added to it, each with the transaction that did. */
  readonly added: readonly { readonly label: string; readonly by: Epoch }[]
}

export interface DomainType extends QualifiedName {
  readonly base: DataType
  readonly constrained: boolean
  readonly createdIn: Epoch
}

export interface View extends QualifiedName {
  readonly materialized: boolean
  readonly reads: readonly ViewSource[]
  readonly indexes: readonly Index[]
  readonly createdIn: Epoch
}

export interface Sequence extends QualifiedName {
  readonly ownedBy: { readonly table: QualifiedName; readonly column: string } | null
  readonly createdIn: Epoch
}

/** A function the migrations created, as far as a default that calls it is concerned. */
export interface SqlFunction extends QualifiedName {
  readonly volatility: 'volatile' | 'stable' | 'immutable'
  readonly language: string
  /** `LANGUAGE sql` with one expression for a body, which the planner puts in the call's place. */
  readonly inlined: Expression | null
}

/**
 * The state of the database as far as the migrations tell it. Immutable: applying a change returns
 * a new one that shares what did not change, so a change can keep the states on both sides of it.
 */
export interface Catalog {
  /** Counts deployments: what was created in the current one carries this number. */
  readonly deployment: Epoch
  /** Counts transactions: an enum value cannot be used by the one that added it. */
  readonly transaction: Epoch
  /** Whether a transaction block is open: CONCURRENTLY cannot run in one. */
  readonly transactionOpen: boolean
  readonly schemas: ReadonlySet<string>
  readonly tables: ReadonlyMap<string, Table>
  readonly views: ReadonlyMap<string, View>
  readonly sequences: ReadonlyMap<string, Sequence>
  readonly enums: ReadonlyMap<string, EnumType>
  readonly domains: ReadonlyMap<string, DomainType>
  readonly functions: ReadonlyMap<string, SqlFunction>
  readonly searchPath: readonly string[]
  /** The session's TimeZone once the migration sets it; null: the server's. */
  readonly timezone: string | null
  /** Relations and types that were there and are gone, by key. */
  readonly gone: ReadonlySet<string>
  /**
   * Something ran that could not be followed (dynamic EXECUTE, unreadable SQL): an object missing
   * here may exist all the same.
   */
  readonly blind: boolean
  /**
   * What names a table (foreign keys, views, triggers) stays when the table is dropped, and means
   * whatever has the name from then on, as in SQLite. In PostgreSQL it stands or falls with the table.
   */
  readonly boundByName?: boolean
  /** The migration itself has switched foreign keys off (SQLite, outside a transaction). */
  readonly foreignKeysOff?: boolean
}

export const EMPTY_CATALOG: Catalog = {
  deployment: 0,
  transaction: 0,
  transactionOpen: true,
  schemas: new Set(['public', 'pg_catalog', 'information_schema']),
  tables: SharedMap.from([]),
  views: new Map(),
  sequences: new Map(),
  enums: new Map(),
  domains: new Map(),
  functions: new Map(),
  searchPath: ['public'],
  timezone: null,
  gone: new Set(),
  blind: false,
}

/** The catalog as a new deployment finds it: nothing in it is new any more. */
export function startDeployment(catalog: Catalog): Catalog {
  return {
    ...startTransaction(catalog, true),
    deployment: catalog.deployment + 1,
    searchPath: ['public'],
    timezone: null,
    ...(catalog.foreignKeysOff ? { foreignKeysOff: false } : {}),
  }
}

/** The catalog at the start of another transaction, in a block or statement by statement. */
export function startTransaction(catalog: Catalog, open: boolean): Catalog {
  return { ...catalog, transaction: catalog.transaction + 1, transactionOpen: open }
}

export function findTable(catalog: Catalog, name: QualifiedName): Table | undefined {
  return catalog.tables.get(nameKey(name))
}

export function findView(catalog: Catalog, name: QualifiedName): View | undefined {
  return catalog.views.get(nameKey(name))
}

export function findEnum(catalog: Catalog, type: DataType): EnumType | undefined {
  return type.schema === null
    ? undefined
    : catalog.enums.get(nameKey({ ...type, schema: type.schema }))
}

export function findDomain(catalog: Catalog, type: DataType): DomainType | undefined {
  return type.schema === null
    ? undefined
    : catalog.domains.get(nameKey({ ...type, schema: type.schema }))
}

/** The table or materialized view that carries the index, and the index. */
export function findIndex(
  catalog: Catalog,
  name: QualifiedName,
): { readonly on: Table | View; readonly index: Index } | undefined {
  return indexIn(catalog.tables.values(), name) ?? indexIn(catalog.views.values(), name)
}

function indexIn<H extends Table | View>(
  holders: Iterable<H>,
  name: QualifiedName,
): { readonly on: H; readonly index: Index } | undefined {
  for (const holder of holders) {
    if (holder.schema !== name.schema) continue
    const index = holder.indexes.find((candidate) => candidate.name === name.name)
    if (index !== undefined) return { on: holder, index }
  }
  return undefined
}

/** A relation of any kind that the catalog knows by this name. */
export function relationExists(catalog: Catalog, name: QualifiedName): boolean {
  const key = nameKey(name)
  return (
    catalog.tables.has(key) ||
    catalog.views.has(key) ||
    catalog.sequences.has(key) ||
    findIndex(catalog, name) !== undefined
  )
}

/** Every foreign key that points at the table, with the table it stands on. */
export function referencesTo(
  catalog: Catalog,
  name: QualifiedName,
): {
  readonly table: Table
  readonly key: Table['constraints'][number] & { type: 'foreign key' }
}[] {
  const found = []
  for (const table of catalog.tables.values()) {
    for (const key of table.constraints) {
      if (key.type === 'foreign key' && sameName(key.references, name)) found.push({ table, key })
    }
  }
  return found
}

/** Views and materialized views that read a relation, or one column of it. */
export function dependentViews(
  catalog: Catalog,
  relation: QualifiedName,
  column: string | null,
): readonly View[] {
  return [...catalog.views.values()].filter((view) =>
    view.reads.some(
      (source) =>
        sameName(source.relation, relation) &&
        (column === null || source.columns?.includes(column) === true),
    ),
  )
}

/** Partitions and children by inheritance, all levels down. */
export function descendants(catalog: Catalog, name: QualifiedName): readonly Table[] {
  const found: Table[] = []
  for (const table of catalog.tables.values()) {
    const parents = table.partitionOf === null ? table.inherits : [table.partitionOf]
    if (parents.some((parent) => sameName(parent, name))) {
      found.push(table, ...descendants(catalog, table))
    }
  }
  return found
}

/** The catalog's maps whose objects go with their schema and need no further tidying. */
export const DROPPED_WITH_SCHEMA = ['sequences', 'functions'] as const
