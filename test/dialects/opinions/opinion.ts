/** What a reader says of a statement, in words that do not depend on the reader. */
export interface Opinion {
  /** As it starts: `create table`, `drop index`, `update`. */
  readonly kind: string
  /** What it is applied to: tables that are written, views, triggers and indexes that are made. */
  readonly on: readonly string[]
  /** Of UPDATE and DELETE. */
  readonly hasWhere?: boolean
  /** That an UPDATE sets (sorted), an INSERT names, or an index is made of (null: an expression). */
  readonly columns?: readonly (string | null)[]
  /** Of CREATE TABLE: `name`, or `name NOT NULL`. */
  readonly defines?: readonly string[]
  /** Of ALTER TABLE, one by one: `add column name NOT NULL`, `drop index name`. */
  readonly actions?: readonly string[]
}

/** A column and whether it says NOT NULL itself. */
export function definition(name: string, isNotNull: boolean): string {
  return isNotNull ? `${name} NOT NULL` : name
}
