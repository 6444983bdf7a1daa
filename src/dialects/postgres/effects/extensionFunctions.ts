/**
 * Functions of common extensions that a default may call without a rewrite: each form of them is
 * declared STABLE or IMMUTABLE (pg_proc.provolatile, which the test asks of those that PGlite has).
 */
const NAMES = {
  pgcrypto:
    'armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv hmac pgp_armor_headers ' +
    'pgp_key_id pgp_pub_decrypt pgp_sym_decrypt',
  'uuid-ossp':
    'uuid_generate_v3 uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500',
  pg_trgm: 'show_limit show_trgm similarity strict_word_similarity word_similarity',
  citext: 'citext citext_cmp citext_larger citext_smaller',
  ltree: 'index lca ltree2text nlevel subltree subpath text2ltree',
  hstore: 'akeys avals hstore hstore_to_array hstore_to_json hstore_to_jsonb skeys svals',
  unaccent: 'unaccent',
} as const

/** The extensions, with the names that are theirs. */
export const EXTENSION_FUNCTIONS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(NAMES).map(([extension, names]) => [extension, names.split(' ')]),
)

const KNOWN: ReadonlySet<string> = new Set(Object.values(EXTENSION_FUNCTIONS).flat())

/** pgvector's and PostGIS's are declared IMMUTABLE; of the latter one draws lots. */
const PREFIXED = /^(?:st_(?!generatepoints$)|vector_|l2_|cosine_|inner_product)/

/** Whether a function is one of a known extension's that is not volatile. */
export function isNotVolatileInExtension(name: string): boolean {
  return KNOWN.has(name) || PREFIXED.test(name)
}
