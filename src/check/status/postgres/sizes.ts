import type { TableSize } from '../../../finding/tableSize.ts'
import type { ReadOnly } from '../../../verify/onlySelect.ts'

/** The sizes of all tables, by the name that messages show. Reads the catalog only. */
export async function readSizes(database: ReadOnly): Promise<ReadonlyMap<string, TableSize>> {
  const rows = await database.select(`
    select case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as name,
      case c.relkind when 'p' then coalesce((
          select case when bool_or(p.reltuples < 0) then -1 else sum(p.reltuples) end
          from pg_catalog.pg_inherits i join pg_catalog.pg_class p on p.oid = i.inhrelid
          where i.inhparent = c.oid), -1) else c.reltuples end::float8 as rows,
      case c.relkind when 'p' then coalesce((
          select sum(pg_catalog.pg_total_relation_size(i.inhrelid))
          from pg_catalog.pg_inherits i where i.inhparent = c.oid), 0)
        else pg_catalog.pg_total_relation_size(c.oid) end::float8 as bytes
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm') and n.nspname not like 'pg\\_%'
      and n.nspname <> 'information_schema'
    order by 1`)
  return new Map(
    rows.map(({ name, rows: count, bytes }) => {
      // Before version 14 a table that was never analysed says 0 rows; what takes up little has few.
      const known = Number(count) > 0 || (Number(count) === 0 && Number(bytes) < 131_072)
      return [
        String(name),
        { rows: known ? Math.round(Number(count)) : null, bytes: Number(bytes) },
      ]
    }),
  )
}
