import type { SnapshotCheck, SnapshotForeignKey } from '../../snapshot/parts.ts'

/** What a MySQL snapshot of drizzle-kit says, whatever its version; types and expressions are text. */
export interface Snapshot {
  readonly id: string
  readonly parents: readonly string[]
  readonly views: readonly string[]
  readonly tables: readonly SnapshotTable[]
}

export interface SnapshotTable {
  readonly name: string
  readonly columns: readonly SnapshotColumn[]
  /** Columns of the primary key; empty if there is none. */
  readonly primaryKey: readonly string[]
  readonly foreignKeys: readonly SnapshotForeignKey[]
  readonly checks: readonly SnapshotCheck[]
  /** With the unique constraints, which are indexes. */
  readonly indexes: readonly SnapshotIndex[]
}

export interface SnapshotColumn {
  readonly name: string
  /** With its character set and collation: `varchar(20)`, `bigint unsigned`, `enum('a','b')`. */
  readonly type: string
  readonly notNull: boolean
  readonly autoIncrement: boolean
  readonly onUpdate: boolean
  /** An SQL expression; undefined where the file says it in a way we do not know. */
  readonly default: string | null | undefined
  readonly generated: { readonly expression: string; readonly stored: boolean } | null
}

export interface SnapshotIndex {
  readonly name: string
  readonly unique: boolean
  readonly keys: readonly { readonly text: string; readonly isExpression: boolean }[]
}
