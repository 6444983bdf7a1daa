import type { QualifiedName } from '../names.ts'
import type { Index } from '../table.ts'

export interface CreateIndex {
  readonly kind: 'CreateIndex'
  readonly table: QualifiedName
  readonly index: Index
  readonly concurrently: boolean
  readonly ifNotExists: boolean
  /** `ON ONLY`: the partitions get none. */
  readonly only: boolean
}

export interface DropIndex {
  readonly kind: 'DropIndex'
  readonly index: QualifiedName
  /** The relation it stands on, if that is known. */
  readonly table: QualifiedName | null
  readonly concurrently: boolean
  readonly ifExists: boolean
  readonly cascade: boolean
}

export interface RenameIndex {
  readonly kind: 'RenameIndex'
  readonly index: QualifiedName
  /** What it stands on, where the statement says so. */
  readonly table: QualifiedName | null
  readonly to: string
}

export interface Reindex {
  readonly kind: 'Reindex'
  readonly target: 'index' | 'table' | 'schema' | 'database'
  readonly name: QualifiedName | null
  readonly table: QualifiedName | null
  readonly concurrently: boolean
}

export type IndexChange = CreateIndex | DropIndex | RenameIndex | Reindex
