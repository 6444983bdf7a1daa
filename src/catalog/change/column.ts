import type { Expression } from '../expression.ts'
import type { Restart } from './others.ts'
import type { QualifiedName } from '../names.ts'
import type { Column } from '../table.ts'
import type { DataType } from '../type.ts'

interface OnColumn {
  readonly table: QualifiedName
  readonly column: string
}

export interface AddColumn extends OnColumn {
  readonly kind: 'AddColumn'
  readonly definition: Column
  readonly ifNotExists: boolean
  /** Where it stands, if it does not come last (MySQL). */
  readonly position?: ColumnPosition
}

/** `AFTER column`; null for `FIRST`. */
export interface ColumnPosition {
  readonly after: string | null
}

export interface DropColumn extends OnColumn {
  readonly kind: 'DropColumn'
  readonly cascade: boolean
  readonly ifExists: boolean
}

export interface RenameColumn extends OnColumn {
  readonly kind: 'RenameColumn'
  readonly to: string
}

/** What stands behind USING, as far as its cost is concerned. */
export type UsingClause =
  /** A cast of the column, and of what comes of it: `c::text::integer` goes by way of text. */
  | { readonly kind: 'cast'; readonly to: DataType; readonly through?: readonly DataType[] }
  | { readonly kind: 'column' }
  | { readonly kind: 'other'; readonly expression: Expression }

export interface AlterColumnType extends OnColumn {
  readonly kind: 'AlterColumnType'
  /** Before it; null while the column is not known. */
  readonly from: DataType | null
  readonly to: DataType
  readonly using: UsingClause | null
  /** The other columns that the same ALTER TABLE gives another type. */
  readonly alongside?: readonly string[]
}

export interface SetNotNull extends OnColumn {
  readonly kind: 'SetNotNull'
  /** The constraint's name where it was written as one (PostgreSQL 18). */
  readonly constraint: string | null
  readonly notValid: boolean
}

export interface DropNotNull extends OnColumn {
  readonly kind: 'DropNotNull'
}

export interface SetDefault extends OnColumn {
  readonly kind: 'SetDefault'
  readonly default: Expression
}

export interface DropDefault extends OnColumn {
  readonly kind: 'DropDefault'
}

export interface AddIdentity extends OnColumn {
  readonly kind: 'AddIdentity'
  readonly identity: 'always' | 'by default'
  /** The name it gives its sequence, if it gives one. */
  readonly sequence: QualifiedName | null
  readonly startsWith: string | null
}

export interface AlterIdentity extends OnColumn {
  readonly kind: 'AlterIdentity'
  readonly identity: 'always' | 'by default' | null
  readonly restart?: Restart
}

export interface DropIdentity extends OnColumn {
  readonly kind: 'DropIdentity'
  readonly ifExists: boolean
}

export interface SetExpression extends OnColumn {
  readonly kind: 'SetExpression'
  readonly expression: Expression
  /** Where the same statement says whether it is stored, and may make a plain column one (MySQL). */
  readonly stored?: boolean
}

/** What a column has besides its type, NOT NULL and default. */
export type ColumnAttribute = 'AUTO_INCREMENT' | 'ON UPDATE' | 'COMMENT'

/** Attributes that MySQL's MODIFY COLUMN gives a column, or takes away by not repeating them; its place. */
export interface AlterColumnAttributes extends OnColumn {
  readonly kind: 'AlterColumnAttributes'
  readonly gained: readonly ColumnAttribute[]
  readonly lost: readonly ColumnAttribute[]
  readonly comment: string | null
  readonly position?: ColumnPosition
}

export interface DropExpression extends OnColumn {
  readonly kind: 'DropExpression'
  readonly ifExists: boolean
}

export type ColumnChange =
  | AddColumn
  | DropColumn
  | RenameColumn
  | AlterColumnType
  | SetNotNull
  | DropNotNull
  | SetDefault
  | DropDefault
  | AddIdentity
  | AlterIdentity
  | DropIdentity
  | SetExpression
  | DropExpression
  | AlterColumnAttributes
