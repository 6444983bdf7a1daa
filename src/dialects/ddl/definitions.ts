import type { Expr, IndexKeyPart, Name, ObjectName, Stretch, TypeName } from './syntax.ts'

/** What a column's or table's definition says, in words that are the same for every dialect. */
export interface ColumnDefinition extends Stretch {
  readonly name: Name
  readonly type: TypeName | null
  readonly constraints: readonly ColumnConstraint[]
}

export type ColumnConstraint = Stretch & {
  /** The name in front of it: `CONSTRAINT name …`. */
  readonly constraint: Name | null
} & (
    | { readonly kind: 'not null' }
    | { readonly kind: 'null' }
    | {
        readonly kind: 'primary key'
        readonly autoIncrement: boolean
        readonly descending: boolean
      }
    | { readonly kind: 'unique' }
    | { readonly kind: 'check'; readonly expression: Expr }
    | { readonly kind: 'default'; readonly expression: Expr; readonly inParentheses: boolean }
    | { readonly kind: 'references'; readonly references: References }
    | { readonly kind: 'collate'; readonly collation: string }
    | { readonly kind: 'generated'; readonly expression: Expr; readonly stored: boolean }
    | { readonly kind: 'name only' }
  )

export type Action = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

export interface References extends Stretch {
  readonly table: ObjectName
  readonly columns: readonly Name[]
  readonly onDelete: Action
  readonly onUpdate: Action
}

export type TableConstraint = Stretch & { readonly constraint: Name | null } & (
    | {
        readonly kind: 'primary key' | 'unique'
        readonly keys: readonly IndexKeyPart[]
        readonly autoIncrement: boolean
      }
    | { readonly kind: 'check'; readonly expression: Expr }
    | {
        readonly kind: 'foreign key'
        readonly columns: readonly Name[]
        readonly references: References
      }
    | { readonly kind: 'name only' }
  )
