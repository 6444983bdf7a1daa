import type { TraceClient } from './client.ts'
import { quoteIdentifier } from './client.ts'

/** The roles each database had when first reset; they are not a migration's. */
const foreignRoles = new WeakMap<TraceClient, ReadonlySet<string>>()

/** SQL that says what to drop, in order; no PL/pgSQL, a migration may have dropped that. */
const LEFTOVERS = `
  select 1 as step, 'event trigger' as kind, evtname as name from pg_catalog.pg_event_trigger
  union all select 2, 'publication', pubname from pg_catalog.pg_publication
  union all select 3, 'schema', nspname from pg_catalog.pg_namespace
    where nspname not like 'pg\\_%' and nspname <> 'information_schema'
  union all select 4, 'extension', extname from pg_catalog.pg_extension
    where extname <> 'plpgsql'
  union all select 5, 'foreign data wrapper', fdwname from pg_catalog.pg_foreign_data_wrapper
  order by step`

/**
 * Empties a database that was made for tracing: all schemas, extensions and publications, and the
 * roles that came since the first call; then the schema public anew and the session's defaults.
 * Costs some milliseconds where a new PGlite costs seconds.
 *
 * @throws Error if the client is not marked `scratch`: no other database is ever emptied
 */
export async function reset(client: TraceClient): Promise<void> {
  if (!client.scratch) throw new Error('only a database made for tracing may be emptied')
  await client.exec('rollback')
  await client.exec('discard all')
  const leftovers = await client.query(LEFTOVERS)
  const drops = leftovers.rows.map(
    ({ kind, name }) => `drop ${String(kind)} if exists ${quoteIdentifier(String(name))} cascade;`,
  )
  await client.exec(`${drops.join('\n')}
    create schema public;
    grant usage on schema public to public;`)
  await dropRoles(client)
}

async function dropRoles(client: TraceClient): Promise<void> {
  const { rows } = await client.query(
    "select rolname from pg_catalog.pg_roles where rolname not like 'pg\\_%'",
  )
  const roles = rows.map(({ rolname }) => String(rolname))
  const foreign = foreignRoles.get(client)
  if (!foreign) foreignRoles.set(client, new Set(roles))
  for (const role of foreign ? roles.filter((name) => !foreign.has(name)) : []) {
    const name = quoteIdentifier(role)
    await client.exec(`drop owned by ${name} cascade; drop role ${name}`)
  }
}
