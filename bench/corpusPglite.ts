import { type TraceClient, openPglite } from '../src/verify/trace/index.ts'

/** A PGlite with the extensions that the corpus's migrations create and PGlite has. */
export function corpusPglite(): Promise<TraceClient> {
  const extensions = [
    'pgcrypto',
    'uuid-ossp',
    'pg_trgm',
    'citext',
    'btree_gin',
    'unaccent',
    'fuzzystrmatch',
  ]
  return openPglite({ extensions })
}
