import { displayName } from '../catalog/names.ts'
import { type TraceClient, quoteIdentifier, quoteLiteral } from './trace/client.ts'

/** What is in a table: how many rows, and what values each column has, in no order. */
export interface TableContents {
  readonly rows: number
  /** By column; equal where the column holds the same values as often. */
  readonly columns: ReadonlyMap<string, string>
}

/** Reads what the tables hold that are not empty, by the names that messages show. */
export async function readContents(
  client: TraceClient,
): Promise<ReadonlyMap<string, TableContents>> {
  const { rows: tables } = await client.query(`
    select n.nspname as schema, c.relname as name, (select json_agg(a.attname order by a.attnum)::text
      from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_'
      and n.nspname <> 'information_schema'`)
  const contents = new Map<string, TableContents>()
  for (const row of tables) {
    const name = { schema: String(row.schema), name: String(row.name) }
    const columns = JSON.parse(String(row.columns ?? '[]')) as readonly string[]
    const values = columns.map((column) => {
      const text = `${quoteIdentifier(column)}::text`
      return `${quoteLiteral(column)}, md5(string_agg(coalesce(${text}, 'null'), chr(31) order by ${text}))`
    })
    const from = `${quoteIdentifier(name.schema)}.${quoteIdentifier(name.name)}`
    // A function takes a hundred arguments at the most.
    const parts = chunks(values, 40).map((some) => `jsonb_build_object(${some.join(', ')})`)
    const { rows } = await client.query(
      `select count(*) as rows, (${parts.join(' || ') || `'{}'`})::text as columns from ${from}`,
    )
    const [found = {}] = rows
    if (Number(found.rows) === 0) continue
    const hashes = JSON.parse(String(found.columns)) as Readonly<Record<string, string>>
    contents.set(displayName(name), {
      rows: Number(found.rows),
      columns: new Map(Object.entries(hashes)),
    })
  }
  return contents
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return list.length <= size ? [list] : [list.slice(0, size), ...chunks(list.slice(size), size)]
}
