import type { StatementError } from './trace/client.ts'

/** Rows that a table may be filled with: an expression for each column, and how many. */
export type Rows = readonly [values: readonly string[], count: number]

/**
 * Tries one kind of rows after the other; the first that leaves any settles it.
 *
 * @param insert - what it is refused with, or null
 * @returns why none did, as far as the last was refused; null: there are rows
 */
export async function firstRows(
  kinds: readonly Rows[],
  insert: (...rows: Rows) => Promise<StatementError | null>,
  isFilled: () => Promise<boolean>,
): Promise<StatementError | null> {
  let error: StatementError | null = null
  for (const rows of kinds) {
    error = await insert(...rows)
    if (!error && (await isFilled())) return null
  }
  return error
}
