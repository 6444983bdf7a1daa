import type { References } from '../../ddl/definitions.ts'
import type { Delete, Insert, Select, Update } from '../../ddl/rows.ts'
import type { Expr, Name, ObjectName, Query, Stretch } from '../../ddl/syntax.ts'
import type { ColumnType } from '../typeName.ts'

/** A statement of MySQL or MariaDB as it is written, with the place of every part. */
export type Statement =
  | CreateTable
  | AlterTable
  | CreateIndex
  | DropIndex
  | CreateView
  | CreateProgram
  | Drop
  | RenameTables
  | Truncate
  | Optimize
  | Database
  | Insert
  | Update
  | Delete
  | Select
  | SetVariables
  | LockTables
  | Transaction
  | Utility

export interface ColumnDefinition extends Stretch {
  readonly name: Name
  readonly type: ColumnType
  readonly attributes: readonly ColumnAttribute[]
}

export type ColumnAttribute = Stretch &
  (
    | { readonly kind: 'not null' }
    | { readonly kind: 'null' }
    | { readonly kind: 'auto increment' }
    | { readonly kind: 'on update' }
    | { readonly kind: 'other' }
    | { readonly kind: 'default'; readonly expression: Expr; readonly inParentheses: boolean }
    | { readonly kind: 'generated'; readonly expression: Expr; readonly stored: boolean }
    | { readonly kind: 'primary key' }
    | { readonly kind: 'unique' }
    | { readonly kind: 'comment'; readonly text: string }
    | { readonly kind: 'collate'; readonly collation: string }
    | { readonly kind: 'check'; readonly check: Check }
    | { readonly kind: 'references'; readonly references: References }
  )

export interface Check extends Stretch {
  readonly name: Name | null
  readonly expression: Expr
  readonly enforced: boolean
}

/** A part of an index: a column, some first characters of it, or an expression. */
export interface KeyPart extends Stretch {
  readonly expression: Expr
  /** How many characters or bytes of the column; null for all. */
  readonly length: number | null
}

/** An index or a constraint, in CREATE TABLE or behind ALTER TABLE … ADD. */
export type TableElement = Stretch &
  (
    | {
        readonly kind: 'primary key' | 'unique' | 'index' | 'fulltext' | 'spatial'
        readonly name: Name | null
        readonly keys: readonly KeyPart[]
        readonly ifNotExists: boolean
      }
    | { readonly kind: 'check'; readonly check: Check }
    | {
        readonly kind: 'foreign key'
        readonly name: Name | null
        readonly columns: readonly Name[]
        readonly references: References
        readonly ifNotExists: boolean
      }
  )

/** The options of a table that its columns or its storage depend on. */
export interface TableOptions {
  readonly charset: string | null
  readonly collation: string | null
  /** In capitals: `ENGINE`, `AUTO_INCREMENT`, `COMMENT`. */
  readonly names: readonly string[]
  readonly partitioned: boolean
}

export interface CreateTable extends Stretch {
  readonly kind: 'create table'
  readonly name: ObjectName
  readonly temporary: boolean
  readonly replace: boolean
  readonly ifNotExists: boolean
  readonly columns: readonly ColumnDefinition[]
  readonly elements: readonly TableElement[]
  readonly options: TableOptions
  readonly like: ObjectName | null
  /** `AS SELECT …`. */
  readonly query: Query | null
}

export interface AlterTable extends Stretch {
  readonly kind: 'alter table'
  readonly table: ObjectName
  readonly actions: readonly AlterAction[]
}

/** `ALGORITHM = x`, `LOCK = x`, in capitals. */
export interface Clause {
  readonly what: 'ALGORITHM' | 'LOCK'
  readonly value: string
}

/** Where a column comes: `AFTER name`; null for `FIRST`. */
export interface Position {
  readonly after: Name | null
}

export type AlterAction = Stretch &
  (
    | ({ readonly kind: 'clause' } & Clause)
    | {
        readonly kind: 'add column'
        readonly column: ColumnDefinition
        readonly ifNotExists: boolean
        readonly position: Position | null
      }
    | { readonly kind: 'add element'; readonly element: TableElement }
    | { readonly kind: 'drop column'; readonly column: Name; readonly ifExists: boolean }
    | {
        readonly kind: 'drop index' | 'drop foreign key'
        readonly name: Name
        readonly ifExists: boolean
      }
    /** CHECK in MySQL; CONSTRAINT whatever has the name. */
    | {
        readonly kind: 'drop check' | 'drop constraint'
        readonly name: Name
        readonly ifExists: boolean
      }
    | { readonly kind: 'drop primary key' }
    | {
        readonly kind: 'modify column'
        readonly column: Name
        readonly to: ColumnDefinition
        readonly ifExists: boolean
        readonly position: Position | null
      }
    | { readonly kind: 'rename column'; readonly column: Name; readonly to: Name }
    | { readonly kind: 'rename index'; readonly name: Name; readonly to: Name }
    | { readonly kind: 'rename table'; readonly to: ObjectName }
    | {
        readonly kind: 'set default'
        readonly column: Name
        readonly expression: Expr
        readonly inParentheses: boolean
      }
    | { readonly kind: 'drop default'; readonly column: Name }
    | { readonly kind: 'enforce check'; readonly name: Name; readonly enforced: boolean }
    | {
        readonly kind: 'convert charset'
        readonly charset: string
        readonly collation: string | null
      }
    | { readonly kind: 'options'; readonly options: TableOptions }
    /** It is rewritten: `FORCE`, `ORDER BY`, partitions. */
    | { readonly kind: 'rebuild'; readonly what: string }
    /** It writes the catalog alone. */
    | { readonly kind: 'setting'; readonly what: string }
  )

export interface CreateIndex extends Stretch {
  readonly kind: 'create index'
  readonly table: ObjectName
  readonly element: TableElement & { readonly kind: 'unique' | 'index' | 'fulltext' | 'spatial' }
  readonly clauses: readonly Clause[]
}

export interface DropIndex extends Stretch {
  readonly kind: 'drop index'
  readonly name: Name
  readonly table: ObjectName
  readonly ifExists: boolean
  readonly clauses: readonly Clause[]
}

export interface CreateView extends Stretch {
  readonly kind: 'create view'
  readonly name: ObjectName
  readonly replace: boolean
  readonly ifNotExists: boolean
  readonly query: Query
}

/** A trigger, procedure, function or event; its body is not read. */
export interface CreateProgram extends Stretch {
  readonly kind: 'create program'
  readonly what: 'trigger' | 'procedure' | 'function' | 'event'
  readonly name: ObjectName
  /** Of a trigger. */
  readonly table: ObjectName | null
  readonly replace: boolean
  readonly ifNotExists: boolean
}

export interface Drop extends Stretch {
  readonly kind: 'drop'
  readonly object: 'table' | 'view' | 'trigger' | 'procedure' | 'function' | 'event'
  readonly names: readonly ObjectName[]
  readonly ifExists: boolean
}

export interface RenameTables extends Stretch {
  readonly kind: 'rename tables'
  readonly pairs: readonly { readonly from: ObjectName; readonly to: ObjectName }[]
}

export interface Truncate extends Stretch {
  readonly kind: 'truncate'
  readonly table: ObjectName
}

/** OPTIMIZE, ANALYZE, CHECK, REPAIR TABLE. */
export interface Optimize extends Stretch {
  readonly kind: 'optimize'
  readonly command: string
  readonly tables: readonly ObjectName[]
}

export interface Database extends Stretch {
  readonly kind: 'database'
  readonly command: 'create' | 'drop' | 'alter' | 'use'
  readonly name: Name | null
  readonly lenient: boolean
}

export interface SetVariables extends Stretch {
  readonly kind: 'set'
  readonly variables: readonly { readonly name: string; readonly value: string }[]
}

export interface LockTables extends Stretch {
  readonly kind: 'lock tables'
  readonly tables: readonly { readonly table: ObjectName; readonly write: boolean }[]
}

export interface Transaction extends Stretch {
  readonly kind: 'transaction'
  readonly command: 'begin' | 'commit' | 'rollback' | 'savepoint'
}

/** Statements that make nothing another: SHOW, GRANT, FLUSH, CALL. */
export interface Utility extends Stretch {
  readonly kind: 'utility'
  readonly command: string
  /** What it does cannot be told: CALL, EXECUTE. */
  readonly opaque: boolean
  /** It commits what came before it. */
  readonly commits: boolean
}
