import type {
  ArrayExpression,
  CallExpression,
  Expression,
  Node,
  ObjectExpression,
  Program,
} from 'estree'
import type { SchemaDialect } from '../dialects/core/core.ts'
import type { FunctionNode } from './ast.ts'

/** How drizzle makes a column's name from its key, where the table's builder says so. */
export type Casing = 'snake_case' | 'camelCase' | null

/** A function that declares tables: `pgTable`, `pgTableCreator(…)`, `pgSchema('x').table`. */
export interface TableFunction {
  readonly kind: 'table function'
  readonly dialect: SchemaDialect
  /** The name of the schema; null for the default one. */
  readonly schema: KnownName | null
  /** What `pgTableCreator` was given; null where names are taken as they are. */
  readonly rename: { readonly node: FunctionNode; readonly scope: Scope } | 'unknown' | null
  readonly casing: Casing
  /** `pgTable.withRLS`. */
  readonly rowSecurity: boolean
}

/** A name that is written in the file; `text` is null where it is computed. */
export interface KnownName {
  readonly text: string | null
}

/** What has a name and, besides that, nothing a table's columns depend on but an enum's type. */
export interface NamedObject {
  readonly kind: 'enum' | 'sequence' | 'view'
  readonly dialect: SchemaDialect
  /** null for the default one. */
  readonly schema: KnownName | null
  readonly name: KnownName
}

/** A column of a table as an expression points at it. */
export interface ColumnValue {
  readonly kind: 'column'
  /** The call that declares the table; `self` within the table's own extra configuration. */
  readonly table: CallExpression | 'self'
  readonly key: string
}

/** What an expression of a schema file is known to be. */
export type Value =
  | { readonly kind: 'core'; readonly dialect: SchemaDialect }
  /** Something exported by a `…-core`, or a member of that: `pgTable`, `text`, `index`. */
  | {
      readonly kind: 'builder'
      readonly dialect: SchemaDialect
      readonly name: string
      readonly casing: Casing
    }
  | {
      readonly kind: 'schema'
      readonly dialect: SchemaDialect
      readonly name: KnownName
      readonly casing: Casing
    }
  | TableFunction
  /** `pgSchema('x').enum`, and the like. */
  | {
      readonly kind: 'object function'
      readonly makes: NamedObject['kind']
      readonly dialect: SchemaDialect
      readonly schema: KnownName
    }
  | NamedObject
  | {
      readonly kind: 'custom type'
      readonly dialect: SchemaDialect
      readonly sqlType: string | null
    }
  | {
      readonly kind: 'table'
      readonly call: CallExpression
      readonly by: TableFunction
      readonly scope: Scope
    }
  | { readonly kind: 'self' }
  | ColumnValue
  | { readonly kind: 'function'; readonly node: FunctionNode; readonly scope: Scope }
  | { readonly kind: 'object'; readonly node: ObjectExpression; readonly scope: Scope }
  | { readonly kind: 'array'; readonly node: ArrayExpression; readonly scope: Scope }
  | { readonly kind: 'text'; readonly text: string }
  /** Some other call: a column, an index. */
  | { readonly kind: 'call'; readonly node: CallExpression; readonly scope: Scope }
  /** All of a file of the project: `import * as columns`, `require('./columns')`. */
  | { readonly kind: 'module'; readonly module: ImportedModule }
  | { readonly kind: 'unknown' }

/** A file of the project that another one imports. */
export interface ImportedModule {
  /** What it exports under a name; undefined where it does not, or that cannot be told. */
  exported(name: string): Binding | undefined
}

/** Finds what a file imports; null for what is none of the project's files. */
export type Imports = (specifier: string) => ImportedModule | null

/** What a name stands for: a value, or an expression that is looked at when it is needed. */
export type Binding =
  | { readonly value: Value }
  | { readonly node: Node; readonly scope: Scope; readonly member: string | null }
  | ImportBinding

/** Of another file, which is read when it is needed. */
export interface ImportBinding {
  readonly from: () => ImportedModule | null
  /** Null: all of it. */
  readonly name: string | null
}

/** The names that can be seen from a place. */
export interface Scope {
  /** The file whose expressions see these names: a node of another one is no place in this one. */
  readonly file: Program
  readonly imports: Imports
  lookup(name: string): Binding | undefined
  /** The names of a scope within this one; they may be added to later. */
  with(names: ReadonlyMap<string, Binding>): Scope
}

export const UNKNOWN: Value = { kind: 'unknown' }

/** An expression with what the names in it mean. */
export interface Located<N extends Node = Expression> {
  readonly node: N
  readonly scope: Scope
}
