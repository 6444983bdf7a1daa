import type { DataType } from '../../catalog/type.ts'
import type { BaseName } from '../names.ts'

/** The dialects that drizzle-orm has a `…-core` for: Turso's schema files are SQLite's. */
export type SchemaDialect = BaseName

/** What schema files of a dialect say, and what becomes of it in the database. */
export interface Core {
  /** The server, as messages name it. */
  readonly server: string
  /** The module of drizzle-orm: `pg-core`. */
  readonly module: string
  /** The schema of what is declared in none; empty where tables stand in no schema. */
  readonly defaultSchema: string
  /** The longest name there can be; null: as long as one likes. */
  readonly longestName: { readonly count: number; readonly unit: 'bytes' | 'characters' } | null
  /** What the server makes of a name that is too long; null where it refuses it. */
  cut(name: string): string | null
  /**
   * The type a column builder makes, as the catalog keeps it.
   *
   * @returns null for builders whose type is not one of the server's own (PostGIS, pgvector)
   */
  columnType(
    builder: string,
    options: BuilderOptions,
  ): Pick<DataType, 'name' | 'modifiers' | 'labels'> | null
  /** Builders with options that make another type of them and are not in `BuilderOptions`. */
  readonly readInPart: ReadonlySet<string>
  /** Builders whose type is the labels they are given: MySQL's ENUM. */
  readonly labelled: ReadonlySet<string>
  /** Builders that draw numbers from a sequence of their own, and what takes their place in a foreign key. */
  readonly serials: Readonly<Record<string, PlainNumber>>
  /** Whether numbers are drawn by AUTO_INCREMENT, which is the column's own, and from no sequence. */
  readonly autoIncrements: boolean
  /** Whether a generated column is stored where it does not say so. */
  readonly storesGenerated: boolean
  /** Whether drizzle names an index that is given no name. */
  readonly namesIndexes: boolean
  /** Whether the server indexes the columns of a foreign key by itself. */
  readonly indexesForeignKeys: boolean
  /** Whether an index can be built while others write (CONCURRENTLY), but in no transaction. */
  readonly buildsConcurrently: boolean
  /** Whether the columns of a primary key may be NULL. */
  readonly nullableKeys: boolean
  /**
   * What is wrong with a foreign key between two columns.
   *
   * @returns `refused` if the server does not take it, `narrower` if it does but not every id fits;
   *   null if nothing is wrong
   */
  keyMismatch(own: KeyColumn, referenced: KeyColumn): 'refused' | 'narrower' | null
}

/** The options of a builder that make its type. */
export interface BuilderOptions {
  readonly length: number | null
  readonly precision: number | null
  readonly scale: number | null
  readonly withTimezone: boolean
  /** Digits of a second. */
  readonly fsp: number | null
  /** Of an ENUM, where they are written out. */
  readonly labels: readonly string[] | null
}

export interface PlainNumber {
  readonly builder: string
  /** The builder needs the option `unsigned: true` to be the same type. */
  readonly unsigned: boolean
}

/** A column at one end of a foreign key. */
export interface KeyColumn {
  readonly type: DataType
  readonly unsigned: boolean
}

/** Whole numbers by the bytes they take. */
export const BYTES: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  int2: 2,
  mediumint: 3,
  int: 4,
  int4: 4,
  bigint: 8,
  int8: 8,
}

/** The numbers in a type's parentheses; drizzle takes no notice of a scale without a precision. */
export function modifiersOf({ length, precision, scale }: BuilderOptions): readonly number[] {
  const scaled = precision === null ? [] : [precision, scale]
  return [length, ...scaled].filter((number) => number !== null)
}

/** What goes for a dialect of which nothing else is known. */
export const PLAIN_CORE = {
  defaultSchema: '',
  longestName: null,
  cut: () => null,
  columnType: (builder, options) => ({ name: builder, modifiers: modifiersOf(options) }),
  readInPart: new Set(),
  labelled: new Set(),
  serials: {},
  autoIncrements: false,
  storesGenerated: false,
  namesIndexes: false,
  indexesForeignKeys: false,
  buildsConcurrently: false,
  nullableKeys: false,
  keyMismatch: () => null,
} as const satisfies Partial<Core>
