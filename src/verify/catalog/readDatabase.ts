import { type Catalog, type EnumType, type View } from '../../catalog/catalog.ts'
import { type QualifiedName, nameKey } from '../../catalog/names.ts'
import type { SqlReader } from '../../catalog/reader.ts'
import { SharedSet } from '../../catalog/sharedSet.ts'
import { type Subject, subjectKey } from '../../catalog/subject.ts'
import {
  type Column,
  type Constraint,
  type Index,
  type ReferentialAction,
  type Table,
  emptyTable,
} from '../../catalog/table.ts'
import type { DataType } from '../../catalog/type.ts'
import type { TraceClient } from '../trace/client.ts'
import { QUERIES } from './queries.ts'

/** What stands in a real database, as its own catalogs tell it. */
export interface Database {
  /** As far as schema files, snapshots and migrations have words for it. */
  readonly catalog: Catalog
  /**
   * What the server says that objects are, by key (`subjectKey`): more than a catalog knows of an index,
   * a view, a policy, a sequence.
   */
  readonly definitions: ReadonlyMap<string, Definition>
  /** What no schema file has words for: extensions, functions, triggers, types. */
  readonly others: readonly OtherObject[]
}

export interface Definition {
  readonly subject: Subject
  readonly text: string
}

export interface OtherObject extends QualifiedName {
  /** `function`, `trigger`, `extension`, `domain`: as messages call it. */
  readonly kind: string
  /** The table that it is a part of. */
  readonly table: QualifiedName | null
  /** As messages name it: `touch()`, `orders.touch_orders`. */
  readonly shown: string
  readonly definition: string
}

/** Reads pieces of SQL; bare names may mean the types of the catalog. */
export type ReaderFor = (catalog: Catalog) => SqlReader

interface Row {
  readonly [key: string]: unknown
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly definition: string
}

/**
 * Reads what stands in a database, within the transaction that is open where there is one. Left out are
 * the server's own objects, those of extensions, partitions and temporary tables.
 *
 * @param empty - a catalog of the dialect without anything in it
 */
export async function readDatabase(
  client: TraceClient,
  empty: Catalog,
  readerFor: ReaderFor,
): Promise<Database> {
  // What names are shown with depends on it.
  await client.exec('set search_path = public')
  const rows = await everything(client)
  await client.exec('reset search_path')
  return new Reading(rows, empty, readerFor).database
}

type Rows = Readonly<Record<keyof typeof QUERIES, readonly Row[]>>

async function everything(client: TraceClient): Promise<Rows> {
  const found: Partial<Record<keyof typeof QUERIES, readonly Row[]>> = {}
  for (const kind of Object.keys(QUERIES) as (keyof typeof QUERIES)[]) {
    const { rows } = await client.query(QUERIES[kind])
    found[kind] = rows.map((row) => {
      const [value] = Object.values(row)
      return (typeof value === 'string' ? JSON.parse(value) : value) as Row
    })
  }
  return found as Rows
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

class Reading {
  readonly database: Database
  private readonly rows: Rows
  private readonly reader: SqlReader
  private readonly definitions = new Map<string, Definition>()

  constructor(rows: Rows, empty: Catalog, readerFor: ReaderFor) {
    this.rows = rows
    const bare: Catalog = {
      ...empty,
      schemas: SharedSet.from([...empty.schemas, ...rows.schemas.map(({ name }) => name)]),
      enums: keyed(rows.enums.map(enumOf)),
      domains: keyed(
        rows.types.flatMap((row) =>
          row['kind'] === 'domain'
            ? [{ ...named(row), base: ANY, constrained: row['constrained'] === true, createdIn: 0 }]
            : [],
        ),
      ),
    }
    this.reader = readerFor(bare)
    const catalog: Catalog = {
      ...bare,
      tables: keyed(rows.tables.map((row) => this.table(row))),
      views: keyed(rows.views.map((row) => this.view(row))),
      sequences: keyed(
        rows.sequences.map((row) => {
          const owner = row['owner'] as (Row & { readonly column: string }) | null
          if (owner === null) this.define('sequence', null, named(row), row.definition)
          return {
            ...named(row),
            createdIn: 0,
            ownedBy: owner && {
              table: { schema: owner.schema, name: owner.table },
              column: owner.column,
            },
          }
        }),
      ),
    }
    this.database = { catalog, definitions: this.definitions, others: others(rows) }
  }

  private table(row: Row): Table {
    const name = named(row)
    const of = (list: readonly Row[]) =>
      list.filter(({ schema, table }) => schema === name.schema && table === name.name)
    const columns = row['columns'] as readonly Row[]
    return {
      ...emptyTable(name, 0),
      columns: columns.map((column) => this.column(name, column)),
      constraints: of(this.rows.constraints).map((one) => this.constraint(name, one)),
      indexes: of(this.rows.indexes).map((one) => this.index(name, one)),
      policies: of(this.rows.policies).map((one) => {
        this.define('policy', name, part(name, one), one.definition)
        return { name: one.name, command: String(one['command']), columns: [] }
      }),
      rowSecurity: row['rowSecurity'] === true,
      partitionKey: row['partitioned'] === true ? [] : null,
      unlogged: row['unlogged'] === true,
    }
  }

  private column(table: QualifiedName, row: Row): Column {
    const { name } = row
    const text = row['default'] as string | null
    const owns = row['owns'] === true
    const serial = owns && text !== null && /^nextval\(/.test(text)
    const generated = row['generated'] as string
    const identity = row['identity'] as string
    const collation = (row['collation'] as string | null) ?? null
    const shown = `${String(row['type'])}${collation === null ? '' : ` COLLATE "${collation}"`}`
    const options = identity === '' ? '' : `, ${String(row['sequence'])}`
    this.define('column', table, part(table, row), `${shown}${options}`)
    return {
      name,
      type: { ...this.type(row), collation },
      notNull: row['notNull'] === true,
      default: text === null || serial || generated !== '' ? null : this.reader.default(text),
      identity: identity === 'a' ? 'always' : identity === 'd' ? 'by default' : null,
      generated:
        generated === '' || text === null
          ? null
          : { expression: this.reader.expression(text), stored: generated === 's' },
      serial,
      createdIn: 0,
      defaultedIn: null,
      filledIn: null,
      writtenIn: null,
    }
  }

  private type(row: Row): DataType {
    const own = row['enum'] as QualifiedName | null
    if (own) {
      const dimensions = row['array'] === true ? 1 : 0
      return { ...named(own), modifiers: [], dimensions, collation: null }
    }
    const text = String(row['type'])
    // What has no words in the parser is compared by the server's.
    return this.reader.type(text)?.type ?? { ...ANY, name: text }
  }

  private constraint(table: QualifiedName, row: Row): Constraint {
    const columns = row['columns'] as readonly string[]
    const common = { name: row.name, valid: row['valid'] === true, createdIn: 0 }
    this.define('constraint', table, part(table, row), row.definition)
    switch (row['type']) {
      case 'c':
        return {
          ...common,
          type: 'check',
          expression: this.reader.expression(String(row['expression'])),
        }
      case 'f':
        return {
          ...common,
          type: 'foreign key',
          columns,
          references: named(row['references'] as QualifiedName),
          referencedColumns: row['referenced'] as readonly string[],
          onDelete: ACTIONS[String(row['onDelete'])]!,
          onUpdate: ACTIONS[String(row['onUpdate'])]!,
          enforced: true,
          ...(row['deferrable'] === true
            ? { deferrable: row['deferred'] === true ? 'deferred' : 'immediate' }
            : {}),
        }
      case 'x':
        return { ...common, type: 'exclude', columns }
      default:
        return { ...common, type: row['type'] === 'p' ? 'primary key' : 'unique', columns }
    }
  }

  private index(holder: QualifiedName, row: Row): Index {
    const all = row['columns'] as readonly (string | null)[]
    const keys = Number(row['keys'])
    const predicate = row['predicate'] as string | null
    const constraint = (row['constraint'] as string | null) ?? null
    // Its name says nothing of what it is.
    const what = row.definition.replace(/^(CREATE (?:UNIQUE )?INDEX) .*? (ON )/, '$1 $2')
    if (constraint === null) this.define('index', holder, part(holder, row), what)
    return {
      name: row.name,
      method: String(row['method']),
      unique: row['unique'] === true,
      nullsNotDistinct: / NULLS NOT DISTINCT\b/.test(row.definition),
      columns: all.slice(0, keys),
      included: all.slice(keys).filter((name) => name !== null),
      expressionColumns: row['expressions'] as readonly string[],
      predicate: predicate === null ? null : this.reader.expression(predicate),
      constraint,
      createdIn: 0,
    }
  }

  private view(row: Row): View {
    const name = named(row)
    this.define('view', null, name, row.definition)
    const own = this.rows.indexes.filter(
      ({ schema, table }) => schema === name.schema && table === name.name,
    )
    return {
      ...name,
      materialized: row['materialized'] === true,
      reads: [],
      indexes: own.map((one) => this.index(name, one)),
      createdIn: 0,
    }
  }

  private define(
    kind: Subject['kind'],
    table: QualifiedName | null,
    name: QualifiedName,
    text: string,
  ): void {
    const subject = { kind, table, name }
    this.definitions.set(subjectKey(subject), { subject, text })
  }
}

const ANY: DataType = { schema: '', name: '', modifiers: [], dimensions: 0, collation: null }

function enumOf(row: Row): EnumType {
  const labels = (row['labels'] as readonly string[] | null) ?? []
  return { ...named(row), labels, createdIn: 0, createdBy: 0, added: [] }
}

function named({ schema, name }: QualifiedName): QualifiedName {
  return { schema, name }
}

function part(table: QualifiedName, { name }: Row): QualifiedName {
  return { schema: table.schema, name }
}

function keyed<T extends QualifiedName>(objects: readonly T[]): ReadonlyMap<string, T> {
  return new Map(objects.map((object) => [nameKey(object), object]))
}

function others({ extensions, types, functions, triggers }: Rows): readonly OtherObject[] {
  const show = (schema: string, name: string) => (schema === 'public' ? name : `${schema}.${name}`)
  return [
    ...extensions.map((row) => ({
      kind: 'extension',
      schema: row.schema,
      name: row.name,
      table: null,
      shown: row.name,
      definition: '',
    })),
    ...types.map((row) => ({
      kind: String(row['kind']),
      schema: row.schema,
      name: row.name,
      table: null,
      shown: show(row.schema, row.name),
      definition: row.definition,
    })),
    ...functions.map((row) => ({
      kind: String(row['kind']),
      schema: row.schema,
      name: `${row.name}(${String(row['arguments'])})`,
      table: null,
      shown: `${show(row.schema, row.name)}()`,
      definition: row.definition ?? '',
    })),
    ...triggers.map((row) => ({
      kind: 'trigger',
      schema: row.schema,
      name: row.name,
      table: { schema: row.schema, name: row.table },
      shown: `${show(row.schema, row.table)}.${row.name}`,
      definition: row.definition,
    })),
  ]
}
