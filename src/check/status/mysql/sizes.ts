import type { TableSize } from '../../../finding/tableSize.ts'
import type { ReadOnly } from '../../../verify/onlySelect.ts'

/** The sizes of all tables, as the server estimates them. Reads information_schema only. */
export async function readSizes(database: ReadOnly): Promise<ReadonlyMap<string, TableSize>> {
  const rows = await database.select(`
    select table_name as name, table_rows as amount,
      coalesce(data_length, 0) + coalesce(index_length, 0) as bytes
    from information_schema.tables
    where table_schema = database() and table_type = 'BASE TABLE' order by 1`)
  return new Map(
    rows.map(({ name, amount, bytes }) => [
      String(name),
      { rows: amount === null ? null : Number(amount), bytes: Number(bytes) },
    ]),
  )
}
