import type { CallExpression, Node } from 'estree'
import type { ReferentialAction } from '../catalog/table.ts'
import type { DataType } from '../catalog/type.ts'
import type { SchemaDialect } from '../dialects/core/core.ts'
import type { Casing, Scope } from './value.ts'

/** A schema file as far as it can be read without running it. */
export interface SchemaFile {
  readonly tables: readonly DeclaredTable[]
  /** Enums, sequences, views and schemas at the top level. */
  readonly objects: readonly DeclaredObject[]
  /** Tables that `pgPolicy(…).link(table)` of this file names; `some` if one cannot be told. */
  readonly linkedPolicies: ReadonlySet<CallExpression | 'some'>
  /** Whether anything at all is exported. */
  readonly exportsAnything: boolean
  /** The table of this file that a column reference leads to. */
  table(call: CallExpression): DeclaredTable | undefined
}

/** An enum, a sequence, a view or a schema. */
export interface DeclaredObject {
  readonly kind: 'enum' | 'sequence' | 'view' | 'schema'
  readonly dialect: SchemaDialect
  readonly variable: string
  readonly node: Node
  readonly name: string | null
  /** The schema it stands in, or is; null for the default one, undefined where it is not known. */
  readonly schema: string | null | undefined
  readonly exported: boolean
  /** Of an enum, where they and its schema are written out. */
  readonly labels: readonly string[] | null
}

export interface DeclaredTable {
  /** `pgTable(…)` itself. */
  readonly call: CallExpression
  /** What to underline: the variable, else the callee. */
  readonly node: Node
  readonly variable: string | null
  readonly exported: boolean
  readonly dialect: SchemaDialect
  /** Its name in the database; null where it is computed in a way that is not understood. */
  readonly name: string | null
  /** The name in the call, to which a table creator of another file may add something. */
  readonly writtenName: string | null
  /** null for the default schema; undefined where its name is not known. */
  readonly schema: string | null | undefined
  /** The casing its own builder says (`snakeCase.table` of drizzle-orm 1.0). */
  readonly casing: Casing
  readonly columns: readonly DeclaredColumn[]
  /** Whether `columns` are all: nothing is spread in from elsewhere. */
  readonly complete: boolean
  readonly indexes: readonly DeclaredIndex[]
  readonly keys: readonly DeclaredKey[]
  readonly foreignKeys: readonly DeclaredForeignKey[]
  readonly checks: readonly DeclaredPart[]
  readonly policies: readonly DeclaredPart[]
  /** Whether indexes, keys and policies are all: the extra configuration was read to the end. */
  readonly extrasKnown: boolean
  /** Where an index can be added; null where the extra configuration is not written in this call. */
  readonly extras: ExtrasPlace | null
  /** `.enableRLS()` or `.withRLS`. */
  readonly rowSecurity: boolean
}

/** The array or object that the extra configuration returns. */
export interface ExtrasPlace {
  readonly container: Node & { type: 'ArrayExpression' | 'ObjectExpression' }
  /** The callback's parameter, if it is a plain name. */
  readonly parameter: string | null
}

export interface DeclaredColumn {
  readonly key: string
  /** Its name in the database, where it is written out or follows from the table's own casing. */
  readonly name: string | null
  /** Whether the builder is given a name; without one `casing` decides what becomes of the key. */
  readonly nameGiven: boolean
  /** The key in the object literal. */
  readonly node: Node
  /** The whole expression: `text('x').notNull()`. */
  readonly value: Node
  /** Whether all methods are seen: false for functions and variables of other files. */
  readonly known: boolean
  /** drizzle's builder: name and call; null for enums, custom types and what is not known. */
  readonly builder: { readonly name: string; readonly call: CallExpression } | null
  /** The methods called on it, in order. */
  readonly methods: readonly MethodCall[]
  /** null where the type is not known (custom types, functions of other files). */
  readonly type: DataType | null
  readonly notNull: boolean
  readonly primaryKey: boolean
  /** A default that the database knows; `$defaultFn` is none. */
  readonly hasDefault: boolean
  readonly serial: boolean
  /** Unsigned numbers of MySQL. */
  readonly unsigned: boolean
  /** Whether part of it is written in another file: `node` and `value` are its place in this one. */
  readonly elsewhere: boolean
}

export interface MethodCall {
  readonly name: string
  readonly call: CallExpression
  /** The name behind the dot. */
  readonly property: Node
  /** What its arguments see. */
  readonly scope: Scope
}

/** A constraint or index as it is written. */
export interface DeclaredPart {
  /** The name as it is written; null where drizzle derives it, undefined where it is computed. */
  readonly name: string | null | undefined
  /** What to underline. */
  readonly node: Node
}

export interface DeclaredIndex extends DeclaredPart {
  readonly unique: boolean
  readonly method: string
  /** Keys of the columns in order; null where it is an expression. */
  readonly columns: readonly (string | null)[]
  /** Partial; `onlyNotNull` names the columns if the condition says nothing but IS NOT NULL. */
  readonly where: null | { readonly onlyNotNull: readonly string[] | null }
  /** The `.concurrently()` call. */
  readonly concurrently: MethodCall | null
}

export interface DeclaredKey extends DeclaredPart {
  readonly kind: 'unique' | 'primary key'
  readonly columns: readonly (string | null)[]
}

export interface DeclaredForeignKey extends DeclaredPart {
  /** Keys of the table's own columns; null where one cannot be told. */
  readonly columns: readonly (string | null)[]
  /** The referenced table; null if it is declared elsewhere. */
  readonly references: CallExpression | null
  readonly referencedColumns: readonly (string | null)[]
  readonly onDelete: ReferentialAction | null
  readonly onUpdate: ReferentialAction | null
  /** The literals of the actions. */
  readonly actions: readonly Node[]
}

/** The column of a key, if the table is known to have it. */
export function columnOf(table: DeclaredTable, key: string | null): DeclaredColumn | undefined {
  return table.columns.find((column) => column.key === key)
}

/** How messages name a table: as the database does, else by its variable. */
export function tableLabel({ name, schema, variable }: DeclaredTable): string {
  if (name === null) return variable ?? 'this table'
  return schema ? `${schema}.${name}` : name
}

/** How messages name a column: `posts.user_id`. */
export function columnLabel(table: DeclaredTable, key: string): string {
  return `${tableLabel(table)}.${columnOf(table, key)?.name ?? key}`
}
