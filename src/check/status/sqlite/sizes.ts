import type { TableSize } from '../../../finding/tableSize.ts'
import type { ReadOnly } from '../../../verify/onlySelect.ts'
import { quoteIdentifier } from '../../../verify/trace/client.ts'

/** Up to here rows are counted: without a WAL, whoever reads keeps writers from committing. */
const COUNTED = 100_000

/** Up to here every page is looked at, to tell whose it is. */
const LOOKED_AT = 256 * 2 ** 20

/** Of the shortest row: its place in the page, its header and one value. */
const SHORTEST = 6

/**
 * The sizes of all tables. Small ones are counted; of large ones ANALYZE has left an estimate, or their
 * rowids tell how many there can be.
 */
export async function readSizes(database: ReadOnly): Promise<ReadonlyMap<string, TableSize>> {
  const tables = await database.select(`
    select name from sqlite_master
    where type = 'table' and name not like 'sqlite\\_%' escape '\\' and rootpage > 0 order by 1`)
  const names = tables.map(({ name }) => String(name))
  const total = await fileBytes(database)
  const rows = new Map<string, number | null>()
  for (const name of names) rows.set(name, await rowsOf(database, name, total))
  const bytes = await pagesOf(database, total)
  const all = [...rows.values()].reduce<number>((sum, count) => sum + (count ?? 0), 1)
  const share = (count: number | null) => Math.round(total * Math.min(1, (count ?? all) / all))
  return new Map(
    [...rows].map(([name, count]) => [
      name,
      { rows: count, bytes: bytes?.get(name) ?? share(count) },
    ]),
  )
}

async function rowsOf(database: ReadOnly, name: string, total: number): Promise<number | null> {
  const table = quoteIdentifier(name)
  const counted = await number(
    database,
    `select count(*) from (select 1 from ${table} limit ${COUNTED + 1})`,
  )
  if (counted === null || counted <= COUNTED) return counted
  return (await analysedRows(database, name)) ?? (await rowidSpan(database, table, total))
}

/** As ANALYZE has counted them: the first number of `stat`. */
async function analysedRows(database: ReadOnly, name: string): Promise<number | null> {
  try {
    const rows = await database.select('select tbl, stat from sqlite_stat1')
    const counts = rows.flatMap(({ tbl, stat }) => (tbl === name ? [parseInt(String(stat))] : []))
    return counts.length === 0 ? null : Math.max(...counts)
  } catch {
    return null
  }
}

/** At most so many; null where the numbers are no count, or there is no rowid. */
async function rowidSpan(database: ReadOnly, table: string, total: number): Promise<number | null> {
  try {
    const span = await number(
      database,
      `select (select max(rowid) from ${table}) - (select min(rowid) from ${table}) + 1`,
    )
    return span === null || span * SHORTEST > total ? null : span
  } catch {
    return null
  }
}

/** With their indexes; null where nobody should read so much, or the driver cannot tell. */
async function pagesOf(
  database: ReadOnly,
  total: number,
): Promise<ReadonlyMap<string, number> | null> {
  if (total > LOOKED_AT) return null
  try {
    const rows = await database.select(`
      select m.tbl_name as name, sum(s.pgsize) as bytes
      from dbstat s join sqlite_master m on m.name = s.name group by 1`)
    return new Map(rows.map(({ name, bytes }) => [String(name), Number(bytes)]))
  } catch {
    return null
  }
}

async function fileBytes(database: ReadOnly): Promise<number> {
  const bytes = await number(
    database,
    'select p.page_count * s.page_size from pragma_page_count p, pragma_page_size s',
  )
  return bytes ?? 0
}

/** The one value of a query; null where it is NULL. */
async function number(database: ReadOnly, sql: string): Promise<number | null> {
  const [row = {}] = await database.select(sql)
  const [value] = Object.values(row)
  return value === null || value === undefined ? null : Number(value)
}
