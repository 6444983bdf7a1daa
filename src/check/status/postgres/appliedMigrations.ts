import { displayName } from '../../../catalog/names.ts'
import type { Project } from '../../../drizzle/find/project.ts'
import { ProblemError } from '../../../finding/problem.ts'
import type { ReadOnly } from '../../../verify/onlySelect.ts'
import { quoteIdentifier, quoteLiteral } from '../../../verify/trace/client.ts'
import type { AppliedMigrations } from '../asked.ts'
import { drizzlesRow, recordTable } from '../recordTable.ts'

/** Where drizzle-orm keeps them unless it is told otherwise (src/pg-core/dialect.ts). */
const DEFAULT = { schema: 'drizzle', name: '__drizzle_migrations' }

/**
 * What a database says it has applied. Where the table is not in its place, the one that looks like it
 * is taken, as the name may be given to `migrate()` alone.
 *
 * @throws ProblemError where several tables look like it, or it may not be read
 */
export async function appliedMigrations(
  database: ReadOnly,
  { bookkeeping }: Pick<Project, 'bookkeeping'>,
): Promise<AppliedMigrations> {
  const wanted = {
    schema: bookkeeping.schema ?? DEFAULT.schema,
    name: bookkeeping.table ?? DEFAULT.name,
  }
  const tables = await database.select(`
    select n.nspname as schema, c.relname as name,
      pg_catalog.has_table_privilege(c.oid, 'SELECT') as readable,
      exists (select from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attname = 'name' and not a.attisdropped) as named
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and 2 = (select count(*) from pg_catalog.pg_attribute a
      where a.attrelid = c.oid and a.attname in ('hash', 'created_at') and not a.attisdropped)
      and (c.relname like '%migrations%' or (n.nspname = ${quoteLiteral(wanted.schema)}
        and c.relname = ${quoteLiteral(wanted.name)}))
    order by 1, 2`)
  const named = new Map(tables.map((one) => [`${String(one.schema)}.${String(one.name)}`, one]))
  const place = `${wanted.schema}.${wanted.name}`
  const chosen = recordTable([place], [...named.keys()], "schema: '…', table: '…'")
  const found = chosen === null ? undefined : named.get(chosen)
  if (found === undefined) return { table: null, rows: [], byName: false }
  const [schema, name] = [String(found.schema), String(found.name)]
  const shown = displayName({ schema, name })
  if (found.readable !== true) {
    throw new ProblemError({
      message: `the role may not read ${shown}`,
      file: null,
      help: `GRANT SELECT ON ${quoteIdentifier(schema)}.${quoteIdentifier(name)} TO the role.`,
    })
  }
  const rows = await database.select(`
    select hash, created_at::text as created_at, ${found.named === true ? 'name' : 'null'} as name
    from ${quoteIdentifier(schema)}.${quoteIdentifier(name)} order by created_at, id`)
  return {
    table: shown,
    byName: false,
    rows: rows.map(drizzlesRow),
  }
}
