import type { QualifiedName } from '../names.ts'
import type { DataType } from '../type.ts'

export interface CreateEnum {
  readonly kind: 'CreateEnum'
  readonly type: QualifiedName
  readonly labels: readonly string[]
}

export interface AddEnumValue {
  readonly kind: 'AddEnumValue'
  readonly type: QualifiedName
  readonly label: string
  readonly ifNotExists: boolean
  /** The label it goes in front of, or behind; at the end if neither is given. */
  readonly beforeLabel: string | null
  readonly afterLabel: string | null
}

export interface RenameEnumValue {
  readonly kind: 'RenameEnumValue'
  readonly type: QualifiedName
  readonly label: string
  readonly to: string
}

/** An enum recreated with other labels by way of text (folded). */
export interface RecreateEnum {
  readonly kind: 'RecreateEnum'
  readonly type: QualifiedName
  readonly from: readonly string[]
  readonly labels: readonly string[]
  /** The columns that were rewritten twice for it. */
  readonly columns: readonly { readonly table: QualifiedName; readonly column: string }[]
}

export interface CreateDomain {
  readonly kind: 'CreateDomain'
  readonly type: QualifiedName
  readonly base: DataType
  readonly constrained: boolean
}

export interface AddDomainConstraint {
  readonly kind: 'AddDomainConstraint'
  readonly type: QualifiedName
  readonly valid: boolean
}

export interface ValidateDomainConstraint {
  readonly kind: 'ValidateDomainConstraint'
  readonly type: QualifiedName
}

/** Any other type: composite, range, or one only declared. */
export interface CreateType {
  readonly kind: 'CreateType'
  readonly type: QualifiedName
}

export interface DropType {
  readonly kind: 'DropType'
  readonly type: QualifiedName
  readonly cascade: boolean
  readonly ifExists: boolean
}

export interface RenameType {
  readonly kind: 'RenameType'
  readonly type: QualifiedName
  readonly to: QualifiedName
}

export type TypeChange =
  | CreateEnum
  | AddEnumValue
  | RenameEnumValue
  | RecreateEnum
  | CreateDomain
  | AddDomainConstraint
  | ValidateDomainConstraint
  | CreateType
  | DropType
  | RenameType
