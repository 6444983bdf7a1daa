import { displayName } from '../catalog/names.ts'
import type { Scratch } from './scratch.ts'
import { type StatementError, quoteIdentifier } from './trace/client.ts'
import { filledTables as withRows } from './trace/seed.ts'

/**
 * Empties the table that an error is about, and those that refer to it; all tables where it does not
 * say.
 *
 * @returns their names, as messages show them
 */
export async function emptyFor(
  scratch: Scratch,
  { table }: StatementError,
): Promise<readonly string[]> {
  const before = await filledTables(scratch)
  const all = [...before.values()]
  const named = table && before.get(displayName(table))
  const targets = named ? [named] : all
  if (targets.length > 0) await scratch.exec(`truncate ${targets.join(', ')} cascade`)
  const after = await filledTables(scratch)
  return [...before.keys()].filter((name) => !after.has(name))
}

/** Tables with rows in them, as SQL, by the name that messages show. */
async function filledTables(scratch: Scratch): Promise<Map<string, string>> {
  const { rows } = await scratch.query(`
    select n.nspname as schema, c.relname as name
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%'
      and n.nspname <> 'information_schema' and not c.relispartition
      and not exists (select from pg_catalog.pg_depend d
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.oid`)
  const tables = rows.map((row) => {
    const name = { schema: String(row.schema), name: String(row.name) }
    return { name, sql: `${quoteIdentifier(name.schema)}.${quoteIdentifier(name.name)}` }
  })
  const filled = await withRows(scratch, tables)
  return new Map(
    tables.flatMap(({ name, sql }) => (filled.has(sql) ? [[displayName(name), sql] as const] : [])),
  )
}

/** Empties all tables. */
export async function emptyAll(scratch: Scratch): Promise<void> {
  const tables = await filledTables(scratch)
  if (tables.size > 0) await scratch.exec(`truncate ${[...tables.values()].join(', ')} cascade`)
}
