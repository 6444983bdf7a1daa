import { type DeclaredForeignKey, type DeclaredTable, columnOf } from './model.ts'

/**
 * Whether an index, a unique constraint or the primary key leads with a column of a foreign key, so
 * that rows can be found by it. Judged as `unindexed-foreign-key` judges SQL.
 */
export function isServed(table: DeclaredTable, key: DeclaredForeignKey): boolean {
  const wanted = key.columns
  // One column of several is enough to look up by (measured: an index scan).
  const leads = (columns: readonly (string | null)[]) => wanted.includes(columns[0] ?? null)
  const byIndex = table.indexes.some(({ method, columns, where }) => {
    // Rows whose key is NULL reference nothing: an index without them is as good.
    const partial =
      where !== null && !where.onlyNotNull?.every((named) => isOneOf(table, named, wanted))
    return leads(columns) && !partial && (method === 'btree' || method === 'hash')
  })
  return byIndex || table.keys.some(({ columns }) => leads(columns))
}

/** Whether a name, a key or as the database has it, is one of these columns. */
function isOneOf(table: DeclaredTable, named: string, keys: readonly (string | null)[]): boolean {
  return keys.some((key) => key === named || (key !== null && columnOf(table, key)?.name === named))
}
