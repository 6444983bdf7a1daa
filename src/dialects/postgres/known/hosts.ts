/**
 * Schemas that a host, a service or Drizzle's own migrator creates, with all that is in them: Supabase
 * (auth to supabase_migrations), Neon (neon, neon_auth), Hasura (hdb_catalog), PostGraphile and
 * Graphile Worker, pg-boss, Electric, and where Drizzle keeps its list of migrations.
 */
export const HOST_SCHEMAS: ReadonlySet<string> = new Set(
  (
    'auth storage realtime _realtime extensions graphql graphql_public vault pgbouncer ' +
    'supabase_functions supabase_migrations neon neon_auth hdb_catalog graphile_worker pgboss ' +
    'electric drizzle'
  ).split(' '),
)

/** Roles by which a database of Supabase is told. */
export const SUPABASE_ROLES: readonly string[] = ['anon', 'authenticated', 'service_role']

/** Extensions that every database of Supabase has from the start. */
export const SUPABASE_EXTENSIONS: ReadonlySet<string> = new Set([
  'uuid-ossp',
  'pgcrypto',
  'pgsodium',
  'supabase_vault',
])
