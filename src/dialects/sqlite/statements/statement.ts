import type { ColumnDefinition, TableConstraint } from '../../ddl/definitions.ts'
import type { Delete, Insert, Select, Update } from '../../ddl/rows.ts'
import type { Expr, IndexKeyPart, Name, ObjectName, Query, Stretch } from '../../ddl/syntax.ts'

/** A statement of SQLite as it is written, with the place of every part. */
export type Statement =
  | CreateTable
  | CreateVirtualTable
  | AlterTable
  | CreateIndex
  | CreateView
  | CreateTrigger
  | Drop
  | Insert
  | Update
  | Delete
  | Select
  | Pragma
  | Transaction
  | Maintenance

export interface CreateTable extends Stretch {
  readonly kind: 'create table'
  readonly name: ObjectName
  readonly temporary: boolean
  readonly ifNotExists: boolean
  readonly columns: readonly ColumnDefinition[]
  readonly constraints: readonly TableConstraint[]
  readonly strict: boolean
  readonly withoutRowid: boolean
  /** `AS SELECT …`. */
  readonly query: Query | null
}

export interface CreateVirtualTable extends Stretch {
  readonly kind: 'create virtual table'
  readonly name: ObjectName
  readonly ifNotExists: boolean
}

export interface AlterTable extends Stretch {
  readonly kind: 'alter table'
  readonly table: ObjectName
  readonly action: AlterAction
}

export type AlterAction =
  | { readonly kind: 'rename table'; readonly to: Name }
  | { readonly kind: 'rename column'; readonly column: Name; readonly to: Name }
  | { readonly kind: 'add column'; readonly column: ColumnDefinition }
  | { readonly kind: 'drop column'; readonly column: Name }
  /** SQLite 3.53 and later. */
  | { readonly kind: 'set not null' | 'drop not null'; readonly column: Name }
  | { readonly kind: 'add check'; readonly name: Name | null; readonly expression: Expr }
  | { readonly kind: 'drop constraint'; readonly name: Name }
  /** libSQL only: `ALTER COLUMN c TO c …`. */
  | { readonly kind: 'alter column'; readonly column: Name; readonly to: ColumnDefinition }

export interface CreateIndex extends Stretch {
  readonly kind: 'create index'
  readonly name: ObjectName
  readonly unique: boolean
  readonly ifNotExists: boolean
  readonly table: Name
  readonly keys: readonly IndexKeyPart[]
  readonly where: Expr | null
}

export interface CreateView extends Stretch {
  readonly kind: 'create view'
  readonly name: ObjectName
  readonly temporary: boolean
  readonly ifNotExists: boolean
  readonly query: Query
}

export interface CreateTrigger extends Stretch {
  readonly kind: 'create trigger'
  readonly name: ObjectName
  readonly temporary: boolean
  readonly ifNotExists: boolean
  readonly table: ObjectName
  readonly event: 'insert' | 'update' | 'delete'
  /** Of `UPDATE OF`. */
  readonly columns: readonly Name[]
  readonly when: Expr | null
  readonly body: readonly (Insert | Update | Delete | Select)[]
}

export interface Drop extends Stretch {
  readonly kind: 'drop'
  readonly object: 'table' | 'index' | 'view' | 'trigger'
  readonly name: ObjectName
  readonly ifExists: boolean
}

export interface Pragma extends Stretch {
  readonly kind: 'pragma'
  /** In small letters. */
  readonly name: string
  /** null where it only asks. */
  readonly value: string | null
}

export interface Transaction extends Stretch {
  readonly kind: 'transaction'
  readonly command: 'begin' | 'commit' | 'rollback' | 'savepoint'
}

/** VACUUM, ANALYZE, REINDEX, ATTACH, DETACH, EXPLAIN. */
export interface Maintenance extends Stretch {
  readonly kind: 'maintenance'
  readonly command: string
  /** What it is applied to, if it names something. */
  readonly object: ObjectName | null
}
