import type { Expression } from './expression.ts'
import type { Index } from './table.ts'
import type { DataType } from './type.ts'

/** What a key of an index says. */
export type IndexKey = Pick<Index, 'columns' | 'expressionColumns'>

/**
 * Reads pieces of SQL that stand alone, in a snapshot for example, as the catalog keeps them. A
 * dialect's parser brings it. Text it cannot read is null, or an expression of unknown form.
 */
export interface SqlReader {
  /** A column's type with its collation: `timestamp (3) with time zone`, `serial`, `text[]`. */
  type(text: string): { readonly type: DataType; readonly serial: boolean } | null
  expression(text: string): Expression
  /** A default; null for the constant NULL, which is none. */
  default(text: string): Expression | null
  /** One key of an index as CREATE INDEX has it: `lower("email")`, `"name" text_pattern_ops`. */
  indexKey(text: string): IndexKey | null
}
