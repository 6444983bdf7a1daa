import type { QualifiedName } from '../../../catalog/names.ts'
import type { ReferentialAction } from '../../../catalog/table.ts'

/**
 * What a PostgreSQL snapshot of drizzle-kit says, whatever its version; types and expressions are
 * still text. Names have their schema, `public` where the file leaves it out.
 */
export interface Snapshot {
  readonly id: string
  readonly parents: readonly string[]
  readonly schemas: readonly string[]
  readonly enums: readonly (QualifiedName & { readonly labels: readonly string[] })[]
  readonly sequences: readonly QualifiedName[]
  readonly views: readonly (QualifiedName & { readonly materialized: boolean })[]
  readonly tables: readonly SnapshotTable[]
}

export interface SnapshotTable extends QualifiedName {
  readonly columns: readonly SnapshotColumn[]
  readonly primaryKey: { readonly name: string | null; readonly columns: readonly string[] } | null
  readonly uniques: readonly {
    readonly name: string
    readonly columns: readonly string[]
    readonly nullsNotDistinct: boolean
  }[]
  readonly foreignKeys: readonly SnapshotForeignKey[]
  readonly checks: readonly { readonly name: string; readonly value: string }[]
  readonly indexes: readonly SnapshotIndex[]
  readonly policies: readonly string[]
  readonly rowSecurity: boolean
}

export interface SnapshotColumn {
  readonly name: string
  /** `varchar(255)`, `text[]`; the bare name of an enum. */
  readonly type: string
  /** Given for enums only. */
  readonly typeSchema: string | null
  readonly dimensions: number
  readonly notNull: boolean
  /** An SQL expression; undefined where the file says it in a way we do not know. */
  readonly default: string | null | undefined
  readonly identity: 'always' | 'by default' | null
  readonly generated: { readonly expression: string; readonly stored: boolean } | null
}

export interface SnapshotForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly references: QualifiedName
  readonly referencedColumns: readonly string[]
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
}

export interface SnapshotIndex {
  readonly name: string
  readonly unique: boolean
  readonly method: string
  readonly keys: readonly { readonly text: string; readonly isExpression: boolean }[]
  readonly where: string | null
}
