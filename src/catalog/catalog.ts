import { lowerCase, sequencesByAspect, tablesByAspect, viewsByAspect } from './aspects.ts'
import { type QualifiedName, nameKey, sameName } from './names.ts'
import { SharedMap } from './sharedMap.ts'
import { SharedSet } from './sharedSet.ts'
import type { Column, Epoch, ForeignKeyConstraint, Index, Policy, Table } from './table.ts'
import type { DataType } from './type.ts'
import type { Expression } from './expression.ts'
import type { ViewSource } from './viewSource.ts'

export type { ViewSource } from './viewSource.ts'

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
  /** It RETURNS trigger. */
  readonly forTriggers?: boolean
}

/**
 * The state of the database as far as the migrations tell it. Immutable: applying a change returns
 * a new one that shares what did not change, so a change can keep the states on both sides of it.
 */
export interface Catalog {
  /** Counts deployments: what was created in the current one carries this number. */
  readonly deployment: Epoch
  /** The state that the current deployment found, without one before it. */
  readonly deployed?: Catalog
  /** Counts transactions: an enum value cannot be used by the one that added it. */
  readonly transaction: Epoch
  /** Whether a transaction block is open: CONCURRENTLY cannot run in one. */
  readonly transactionOpen: boolean
  readonly schemas: SharedSet
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
  readonly gone: SharedSet
  /** Types that are neither enums nor domains (composite types, ranges), by key. */
  readonly types?: SharedSet
  readonly extensions?: SharedSet
  /** Roles that something is granted to or that a policy names. */
  readonly roles?: SharedSet
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
  /** Names that differ in the case of letters only mean the same, or may (MySQL). */
  readonly namesInAnyCase?: boolean
  /** How often deferred constraints were checked before the end of the transaction. */
  readonly checks?: number
  /** SET CONSTRAINTS ALL of this transaction; absent: each constraint as it was declared. */
  readonly constraintsDeferred?: boolean
  /** The migration itself has switched foreign keys off (SQLite: outside a transaction). */
  readonly foreignKeysOff?: boolean
  /** The migration has left MySQL's strict mode: values that do not fit are cut, not refused. */
  readonly lenient?: boolean
}

export const EMPTY_CATALOG: Catalog = {
  deployment: 0,
  transaction: 0,
  transactionOpen: true,
  schemas: SharedSet.from(['public', 'pg_catalog', 'information_schema']),
  tables: tablesByAspect(new Map()),
  views: viewsByAspect(new Map()),
  sequences: sequencesByAspect(new Map()),
  enums: SharedMap.from([]),
  domains: SharedMap.from([]),
  functions: SharedMap.from([]),
  searchPath: ['public'],
  timezone: null,
  gone: SharedSet.from([]),
  blind: false,
}

/** The catalog as a new deployment finds it: nothing in it is new any more. */
export function startDeployment({ deployed: _, ...catalog }: Catalog): Catalog {
  return {
    ...startTransaction(catalog, true),
    deployed: catalog,
    deployment: catalog.deployment + 1,
    searchPath: ['public'],
    timezone: null,
    ...(catalog.foreignKeysOff ? { foreignKeysOff: false } : {}),
    ...(catalog.lenient ? { lenient: false } : {}),
  }
}

/** The catalog at the start of another transaction, in a block or statement by statement. */
export function startTransaction(catalog: Catalog, open: boolean): Catalog {
  const { constraintsDeferred: _, ...rest } = catalog
  return { ...rest, transaction: catalog.transaction + 1, transactionOpen: open }
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

/**
 * The table or materialized view that carries the index, and the index.
 *
 * @param table - what it stands on, where that is known: in MySQL another table may have one of that name
 */
export function findIndex(
  catalog: Catalog,
  name: QualifiedName,
  table: QualifiedName | null = null,
): { readonly on: Table | View; readonly index: Index } | undefined {
  const holders = [
    ...tablesByAspect(catalog.tables).having('index', nameKey(name)),
    ...viewsByAspect(catalog.views).having('index', nameKey(name)),
  ]
  for (const on of holders) {
    if (table !== null && !sameName(on, table)) continue
    const index = on.indexes.find((candidate) => candidate.name === name.name)
    if (index !== undefined) return { on, index }
  }
  return undefined
}

/** Whether a constraint of any table in the schema has this name. */
export function constraintExists(catalog: Catalog, name: QualifiedName): boolean {
  return tablesByAspect(catalog.tables).having('constraint', nameKey(name)).length > 0
}

/**
 * A relation of any kind that the catalog knows by this name. Of temporary ones it is not known: they go
 * with a session, and some with every transaction.
 */
export function relationExists(catalog: Catalog, name: QualifiedName): boolean {
  if (name.schema === 'pg_temp') return false
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
): { readonly table: Table; readonly key: ForeignKeyConstraint }[] {
  return tablesByAspect(catalog.tables)
    .having('references', nameKey(name))
    .flatMap((table) =>
      table.constraints.flatMap((key) =>
        key.type === 'foreign key' && sameName(key.references, name) ? [{ table, key }] : [],
      ),
    )
}

/** The tables whose foreign keys point at one, and those that point at these, and so on; not itself. */
export function pointingAtAll(catalog: Catalog, name: QualifiedName): readonly Table[] {
  const found = new Map<string, Table>()
  const waiting = [name]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { table } of referencesTo(catalog, next)) {
      if (found.has(nameKey(table)) || sameName(table, name)) continue
      found.set(nameKey(table), table)
      waiting.push(table)
    }
  }
  return [...found.values()]
}

/** The table or view that has a name but for the case of its letters. */
export function relationInAnyCase(
  catalog: Catalog,
  { schema, name }: QualifiedName,
): QualifiedName | undefined {
  const key = nameKey({ schema, name: lowerCase(name) })
  const [found] = [
    ...tablesByAspect(catalog.tables).having('lowerCase', key),
    ...viewsByAspect(catalog.views).having('lowerCase', key),
  ]
  return found && { schema: found.schema, name: found.name }
}

/** The tables that have triggers. */
export function tablesWithTriggers(catalog: Catalog): readonly Table[] {
  return tablesByAspect(catalog.tables).having('triggered', 'yes')
}

/**
 * The tables that name another: by a foreign key, in a trigger, as what they are a part of, or inherit
 * from.
 */
export function mentioning(catalog: Catalog, name: QualifiedName): readonly Table[] {
  const tables = tablesByAspect(catalog.tables)
  const key = nameKey(name)
  return [
    ...new Set([
      ...tables.having('references', key),
      ...tables.having('trigger', key),
      ...tables.having('parent', key),
    ]),
  ]
}

/** The policies that name a column, of its own table or in a sub-select of another's. */
export function dependentPolicies(
  catalog: Catalog,
  name: QualifiedName,
  column: string,
): readonly { readonly table: Table; readonly policy: Policy }[] {
  const own = findTable(catalog, name)
  const reading = tablesByAspect(catalog.tables).having('policyReads', nameKey(name))
  return [...new Set([...(own ? [own] : []), ...reading])].flatMap((table) =>
    table.policies
      .filter(({ columns, reads = [] }) => {
        if (sameName(table, name) && columns.includes(column)) return true
        return reads.some(
          (source) => sameName(source.relation, name) && source.columns?.includes(column) === true,
        )
      })
      .map((policy) => ({ table, policy })),
  )
}

/** The tables whose policies read another relation in a sub-select. */
export function policiesReading(catalog: Catalog, name: QualifiedName): readonly Table[] {
  return tablesByAspect(catalog.tables).having('policyReads', nameKey(name))
}

/** Views and materialized views that read a relation, or one column of it. */
export function dependentViews(
  catalog: Catalog,
  relation: QualifiedName,
  column: string | null,
): readonly View[] {
  return viewsByAspect(catalog.views)
    .having('reads', nameKey(relation))
    .filter((view) =>
      view.reads.some(
        (source) =>
          sameName(source.relation, relation) &&
          (column === null || source.columns?.includes(column) === true),
      ),
    )
}

/** Sequences that belong to a table, or to one column of it. */
export function ownSequences(
  catalog: Catalog,
  table: QualifiedName,
  column: string | null,
): readonly Sequence[] {
  return sequencesByAspect(catalog.sequences)
    .having('owner', nameKey(table))
    .filter(({ ownedBy }) => column === null || ownedBy?.column === column)
}

/** Columns of an enum, a domain or another type of the database's own, or of an array of it. */
export function columnsOfType(
  catalog: Catalog,
  type: QualifiedName,
): readonly { readonly table: Table; readonly column: Column }[] {
  return tablesByAspect(catalog.tables)
    .having('type', nameKey(type))
    .flatMap((table) =>
      table.columns
        .filter((column) => column.type.schema === type.schema && column.type.name === type.name)
        .map((column) => ({ table, column })),
    )
}

/** Partitions and children by inheritance, all levels down; each once, though it have two parents. */
export function descendants(catalog: Catalog, name: QualifiedName): readonly Table[] {
  const tables = tablesByAspect(catalog.tables)
  const found = new Map<string, Table>()
  const waiting: QualifiedName[] = [name]
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const child of tables.having('parent', nameKey(parent)).toReversed()) {
      if (found.has(nameKey(child)) || sameName(child, name)) continue
      found.set(nameKey(child), child)
      waiting.push(child)
    }
  }
  return [...found.values()]
}

/** The catalog's maps whose objects go with their schema and need no further tidying. */
export const DROPPED_WITH_SCHEMA = ['sequences', 'functions'] as const
