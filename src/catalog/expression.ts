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
  /**
   * Its structure in a canonical spelling (JSON): no casts of constants, no table names in front of
   * columns, no places. Equal forms mean the same; null where it could not be read.
   */
  readonly form: string | null
}

/** A column in a form. */
export interface FormColumn {
  readonly column: string
}

/** An expression nothing is known of but that it is there. */
export const UNREAD_EXPRESSION: Expression = {
  columns: [],
  functions: [],
  provesNotNull: [],
  onlyNotNull: false,
  isNull: false,
  ownType: null,
  strings: [],
  form: null,
}

/** The expression after a column it may read got another name. */
export function renameInExpression(expression: Expression, from: string, to: string): Expression {
  if (!expression.columns.includes(from)) return expression
  const rename = (names: readonly string[]) => names.map((name) => (name === from ? to : name))
  return {
    ...expression,
    columns: rename(expression.columns),
    provesNotNull: rename(expression.provesNotNull),
    form: expression.form && renameInForm(expression.form, from, to),
  }
}

function renameInForm(form: string, from: string, to: string): string {
  return JSON.stringify(
    JSON.parse(form, (_, value: unknown) =>
      isFormColumn(value) && value.column === from ? ({ column: to } satisfies FormColumn) : value,
    ),
  )
}

function isFormColumn(value: unknown): value is FormColumn {
  return value !== null && typeof value === 'object' && 'column' in value
}
