import type { QualifiedName } from '../names.ts'
import type { Index, Table, TableCopy } from '../table.ts'

export interface CreateTable {
  readonly kind: 'CreateTable'
  readonly table: QualifiedName
  /** Its columns, keys and checks; foreign keys follow as changes of their own. */
  readonly definition: Table
  readonly ifNotExists: boolean
  /** Filled from a query in the same statement (`CREATE TABLE … AS`). */
  readonly fromQuery: boolean
}

export interface DropTable {
  readonly kind: 'DropTable'
  readonly table: QualifiedName
  readonly cascade: boolean
  readonly ifExists: boolean
  /** Everything that the same statement drops; what depends on these does not stand in the way. */
  readonly together: readonly QualifiedName[]
}

export interface RenameTable {
  readonly kind: 'RenameTable'
  readonly table: QualifiedName
  readonly to: QualifiedName
}

/**
 * A table recreated under another name, filled from the old one and put in its place: what SQLite
 * needs for most changes of a table. Folded, it stands for all of its statements, and the changes of
 * columns and constraints that it brings follow it.
 */
export interface RebuildTable {
  readonly kind: 'RebuildTable'
  readonly table: QualifiedName
  /** The name it was filled under. */
  readonly through: QualifiedName
  readonly copy: TableCopy
  /** What stood on the old table and has not been made again; known once it is folded. */
  readonly lost: { readonly indexes: readonly Index[]; readonly triggers: readonly string[] }
}

export interface SetTableSchema {
  readonly kind: 'SetTableSchema'
  readonly table: QualifiedName
  readonly to: QualifiedName
}

export interface TruncateTable {
  readonly kind: 'TruncateTable'
  readonly table: QualifiedName
  readonly cascade: boolean
  readonly together: readonly QualifiedName[]
}

/**
 * The table is rewritten: `SET LOGGED`, `SET UNLOGGED`, `SET TABLESPACE`, `SET ACCESS METHOD`; MySQL's
 * CONVERT TO CHARACTER SET, ENGINE, ROW_FORMAT, FORCE, OPTIMIZE TABLE and partitions.
 */
export interface SetTableStorage {
  readonly kind: 'SetTableStorage'
  readonly table: QualifiedName
  readonly setting:
    'logged' | 'unlogged' | 'tablespace' | 'access method' | 'character set' | 'storage'
  readonly value: string | null
}

/** An ALTER TABLE action that only writes the system catalog; `action` names it in SQL words. */
export interface AlterTableSetting {
  readonly kind: 'AlterTableSetting'
  readonly table: QualifiedName
  readonly action: string
  readonly lock: 'ShareUpdateExclusive' | 'ShareRowExclusive' | 'AccessExclusive'
}

export interface SetRowSecurity {
  readonly kind: 'SetRowSecurity'
  readonly table: QualifiedName
  readonly enabled: boolean
}

export interface AttachPartition {
  readonly kind: 'AttachPartition'
  readonly table: QualifiedName
  readonly partition: QualifiedName
  readonly isDefault: boolean
}

export interface DetachPartition {
  readonly kind: 'DetachPartition'
  readonly table: QualifiedName
  readonly partition: QualifiedName
  readonly concurrently: boolean
}

export interface SetInheritance {
  readonly kind: 'SetInheritance'
  readonly table: QualifiedName
  readonly parent: QualifiedName
  readonly inherits: boolean
}

export interface ClusterTable {
  readonly kind: 'ClusterTable'
  readonly table: QualifiedName | null
}

export interface VacuumTable {
  readonly kind: 'VacuumTable'
  readonly table: QualifiedName | null
  readonly full: boolean
}

export interface AnalyzeTable {
  readonly kind: 'AnalyzeTable'
  readonly table: QualifiedName
}

export interface LockTable {
  readonly kind: 'LockTable'
  readonly table: QualifiedName
  readonly mode: number
}

export type TableChange =
  | CreateTable
  | DropTable
  | RenameTable
  | RebuildTable
  | SetTableSchema
  | TruncateTable
  | SetTableStorage
  | AlterTableSetting
  | SetRowSecurity
  | AttachPartition
  | DetachPartition
  | SetInheritance
  | ClusterTable
  | VacuumTable
  | AnalyzeTable
  | LockTable
