import type { Expression } from '../expression.ts'
import type { QualifiedName } from '../names.ts'
import type { ForeignKeyConstraint } from '../table.ts'

interface OnConstraint {
  readonly table: QualifiedName
  readonly constraint: string
}

export interface AddForeignKey extends OnConstraint {
  readonly kind: 'AddForeignKey'
  readonly key: ForeignKeyConstraint
  /** The column it was written at, if the same statement adds that column. */
  readonly withColumn: string | null
}

/** A foreign key dropped and added again with another action (folded). */
export interface AlterForeignKey extends OnConstraint {
  readonly kind: 'AlterForeignKey'
  readonly from: ForeignKeyConstraint
  readonly key: ForeignKeyConstraint
}

export interface AddCheck extends OnConstraint {
  readonly kind: 'AddCheck'
  readonly expression: Expression
  readonly valid: boolean
  readonly enforced: boolean
  readonly withColumn: string | null
}

export interface AddUnique extends OnConstraint {
  readonly kind: 'AddUnique'
  readonly columns: readonly string[]
  readonly included: readonly string[]
  readonly nullsNotDistinct: boolean
  readonly usingIndex: string | null
  readonly withColumn: string | null
  /** ALTER TABLE ONLY: partitions get no index, and the table's own waits for theirs. */
  readonly only?: boolean
}

export interface AddPrimaryKey extends OnConstraint {
  readonly kind: 'AddPrimaryKey'
  readonly columns: readonly string[]
  readonly included: readonly string[]
  readonly usingIndex: string | null
  readonly withColumn: string | null
  /** As of a unique constraint. */
  readonly only?: boolean
}

export interface AddExclusion extends OnConstraint {
  readonly kind: 'AddExclusion'
  readonly columns: readonly string[]
  readonly method: string
}

export interface ValidateConstraint extends OnConstraint {
  readonly kind: 'ValidateConstraint'
}

export interface DropConstraint extends OnConstraint {
  readonly kind: 'DropConstraint'
  readonly cascade: boolean
  readonly ifExists: boolean
}

export interface RenameConstraint extends OnConstraint {
  readonly kind: 'RenameConstraint'
  readonly to: string
}

export interface AlterConstraint extends OnConstraint {
  readonly kind: 'AlterConstraint'
  /** Set by ENFORCED or NOT ENFORCED (PostgreSQL 18). */
  readonly enforced: boolean | null
}

export type ConstraintChange =
  | AddForeignKey
  | AlterForeignKey
  | AddCheck
  | AddUnique
  | AddPrimaryKey
  | AddExclusion
  | ValidateConstraint
  | DropConstraint
  | RenameConstraint
  | AlterConstraint
