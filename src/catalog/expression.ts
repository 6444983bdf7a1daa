import type { QualifiedName } from './names.ts'
import type { DataType } from './type.ts'

/** What the catalog remembers of an expression: enough to know what depends on what. */
export interface Expression {
  /** Unqualified names of the columns it reads. */
  readonly columns: readonly string[]
  /** Functions it calls; those without a schema in the text have schema `''`. */
  readonly functions: readonly QualifiedName[]
  /** Columns that are certainly not null where it holds (`c IS NOT NULL [AND …]`). */
  readonly provesNotNull: readonly string[]
  /** The whole of it is `c IS NOT NULL [AND d IS NOT NULL …]`. */
  readonly onlyNotNull: boolean
  /** It is the constant NULL. */
  readonly isNull: boolean
  /** A default's type before it was fitted to its column; null where that is the column's. */
  readonly ownType: DataType | null
  /** String constants in it, which may be enum labels. */
  readonly strings: readonly string[]
}

/** The expression after a column it may read got another name. */
export function renameInExpression(expression: Expression, from: string, to: string): Expression {
  if (!expression.columns.includes(from)) return expression
  const rename = (names: readonly string[]) => names.map((name) => (name === from ? to : name))
  return {
    ...expression,
    columns: rename(expression.columns),
    provesNotNull: rename(expression.provesNotNull),
  }
}
