import { displayName } from '../../catalog/names.ts'
import type { Project } from '../../drizzle/find/project.ts'
import { ProblemError } from '../../finding/problem.ts'
import type { ReadOnly } from '../../verify/server/readOnly.ts'
import { quoteIdentifier, quoteLiteral } from '../../verify/trace/client.ts'

/** One row of the table in which Drizzle's migrator keeps what it has applied. */
export interface AppliedRow {
  readonly hash: string
  /** Milliseconds: the time of the journal's entry. */
  readonly createdAt: number | null
  /** Of 1.0: the migration's folder; null where 0.x wrote it. */
  readonly name: string | null
}

export interface AppliedMigrations {
  /** As messages name it; null where there is none. */
  readonly table: string | null
  readonly rows: readonly AppliedRow[]
}

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
  const exact = tables.find(({ schema, name }) => schema === wanted.schema && name === wanted.name)
  const found = exact ?? (tables.length === 1 ? tables[0] : undefined)
  if (found === undefined) {
    if (tables.length === 0) return { table: null, rows: [] }
    const names = tables.map(({ schema, name }) => `${String(schema)}.${String(name)}`)
    throw new ProblemError({
      message: `there is no ${wanted.schema}.${wanted.name}, and ${names.join(' and ')} could be meant`,
      file: null,
      help: "Say which in the drizzle config: migrations: { schema: '…', table: '…' }.",
    })
  }
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
    rows: rows.map((row) => ({
      hash: String(row.hash),
      createdAt: row.created_at === null ? null : Number(row.created_at),
      name: typeof row.name === 'string' ? row.name : null,
    })),
  }
}
