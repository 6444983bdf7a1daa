import { EXTENSION_FUNCTIONS } from '../effects/extensionFunctions.ts'

/** What an extension brings along, as far as migrations name it. */
export interface Extension {
  readonly functions: ReadonlySet<string>
  readonly types: ReadonlySet<string>
  readonly operatorClasses: ReadonlySet<string>
  readonly methods: ReadonlySet<string>
  readonly schemas: ReadonlySet<string>
  /** Names that begin so are its functions, too. */
  readonly prefix: RegExp | null
  /** The extensions that CREATE EXTENSION … CASCADE creates with it. */
  readonly needs: readonly string[]
}

interface Named {
  readonly functions?: string
  readonly types?: string
  readonly operatorClasses?: string
  readonly methods?: string
  readonly schemas?: string
  readonly prefix?: RegExp
  readonly needs?: string
}

/**
 * PostgreSQL's own extensions by the scripts that create them (share/extension of PostgreSQL 15), the
 * others by their documentation.
 */
const NAMED: Readonly<Record<string, Named>> = {
  pgcrypto: {
    functions:
      'gen_random_bytes gen_salt pgp_pub_decrypt_bytea pgp_pub_encrypt pgp_pub_encrypt_bytea ' +
      'pgp_sym_decrypt_bytea pgp_sym_encrypt pgp_sym_encrypt_bytea',
  },
  'uuid-ossp': { functions: 'uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4' },
  pg_uuidv7: {
    functions: 'uuid_generate_v7 uuid_v7_to_timestamptz uuid_timestamptz_to_v7',
  },
  citext: { types: 'citext', operatorClasses: 'citext_ops citext_pattern_ops' },
  hstore: {
    functions:
      'delete defined each exist exists_all exists_any fetchval isdefined isexists ' +
      'populate_record slice slice_array tconvert hstore_to_matrix',
    types: 'hstore',
    operatorClasses: 'gin_hstore_ops gist_hstore_ops hash_hstore_ops btree_hstore_ops',
  },
  ltree: {
    types: 'ltree lquery ltxtquery',
    operatorClasses: 'ltree_ops gist_ltree_ops gist__ltree_ops',
  },
  pg_trgm: { functions: 'set_limit', operatorClasses: 'gin_trgm_ops gist_trgm_ops' },
  btree_gist: {
    operatorClasses:
      'gist_bit_ops gist_bool_ops gist_bpchar_ops gist_bytea_ops gist_cash_ops gist_cidr_ops ' +
      'gist_date_ops gist_enum_ops gist_float4_ops gist_float8_ops gist_inet_ops gist_int2_ops ' +
      'gist_int4_ops gist_int8_ops gist_interval_ops gist_macaddr8_ops gist_macaddr_ops ' +
      'gist_numeric_ops gist_oid_ops gist_text_ops gist_time_ops gist_timestamp_ops ' +
      'gist_timestamptz_ops gist_timetz_ops gist_uuid_ops gist_vbit_ops',
  },
  cube: {
    functions:
      'cube cube_dim cube_distance cube_enlarge cube_inter cube_is_point cube_ll_coord cube_size ' +
      'cube_subset cube_union cube_ur_coord',
    types: 'cube',
    operatorClasses: 'gist_cube_ops',
  },
  earthdistance: {
    functions:
      'earth earth_box earth_distance gc_to_sec geo_distance latitude ll_to_earth longitude sec_to_gc',
    types: 'earth',
    needs: 'cube',
  },
  fuzzystrmatch: {
    functions:
      'daitch_mokotoff difference dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal ' +
      'metaphone soundex text_soundex',
  },
  intarray: {
    functions:
      'icount idx intarray_del_elem intarray_push_array intarray_push_elem intset sort sort_asc ' +
      'sort_desc subarray uniq',
    types: 'query_int',
    operatorClasses: 'gin__int_ops gist__int_ops gist__intbig_ops',
  },
  isn: { types: 'ean13 isbn isbn13 ismn ismn13 issn issn13 upc' },
  seg: { types: 'seg', operatorClasses: 'gist_seg_ops' },
  tablefunc: { functions: 'connectby crosstab crosstab2 crosstab3 crosstab4 normal_rand' },
  moddatetime: { functions: 'moddatetime' },
  tcn: { functions: 'triggered_change_notification' },
  bloom: { methods: 'bloom' },
  dblink: { functions: 'dblink dblink_connect dblink_disconnect dblink_exec' },
  vector: {
    functions:
      'binary_quantize cosine_distance hamming_distance inner_product jaccard_distance l1_distance ' +
      'l2_distance l2_norm l2_normalize subvector vector_dims vector_norm',
    types: 'vector halfvec sparsevec',
    operatorClasses:
      'vector_l2_ops vector_ip_ops vector_cosine_ops vector_l1_ops halfvec_l2_ops halfvec_ip_ops ' +
      'halfvec_cosine_ops halfvec_l1_ops sparsevec_l2_ops sparsevec_ip_ops sparsevec_cosine_ops ' +
      'sparsevec_l1_ops bit_hamming_ops bit_jaccard_ops',
    methods: 'hnsw ivfflat',
  },
  vectorscale: { methods: 'diskann', needs: 'vector' },
  vchord: { methods: 'vchordrq vchordg', needs: 'vector' },
  postgis: {
    types: 'geometry geography box2d box3d',
    operatorClasses:
      'gist_geometry_ops_2d gist_geometry_ops_nd gist_geography_ops spgist_geometry_ops_2d ' +
      'spgist_geometry_ops_3d brin_geometry_inclusion_ops_2d',
    prefix: /^(?:st|postgis)_/,
  },
  postgis_raster: { types: 'raster', needs: 'postgis' },
  postgis_topology: { schemas: 'topology', needs: 'postgis' },
  postgis_tiger_geocoder: { schemas: 'tiger tiger_data', needs: 'postgis fuzzystrmatch' },
  h3: { types: 'h3index', prefix: /^h3_/ },
  pg_search: { methods: 'bm25', schemas: 'paradedb pdb' },
  pgroonga: { methods: 'pgroonga' },
  pg_bigm: { operatorClasses: 'gin_bigm_ops' },
  rum: { methods: 'rum', operatorClasses: 'rum_tsvector_ops' },
  timescaledb: {
    functions:
      'add_compression_policy add_continuous_aggregate_policy add_retention_policy ' +
      'create_distributed_hypertable create_hypertable time_bucket time_bucket_gapfill',
    schemas: '_timescaledb_internal _timescaledb_catalog _timescaledb_functions',
  },
  pg_cron: { schemas: 'cron' },
  pg_net: { schemas: 'net' },
  pgmq: { schemas: 'pgmq' },
  pgsodium: { schemas: 'pgsodium' },
  supabase_vault: { schemas: 'vault' },
  pg_partman: { schemas: 'partman' },
  http: { functions: 'http http_get http_post http_put http_delete' },
  pg_jsonschema: {
    functions: 'json_matches_schema jsonb_matches_schema jsonschema_is_valid',
  },
  pg_hashids: { functions: 'id_decode id_decode_once id_encode' },
  ulid: { functions: 'gen_ulid gen_monotonic_ulid', types: 'ulid' },
  pgx_ulid: { functions: 'gen_ulid gen_monotonic_ulid', types: 'ulid' },
  semver: { types: 'semver' },
  ip4r: { types: 'ip4 ip4r ip6 ip6r ipaddress iprange' },
}

function words(text: string | undefined): ReadonlySet<string> {
  return new Set(text?.split(' '))
}

/** What each extension brings along, by its name. */
export const EXTENSIONS: ReadonlyMap<string, Extension> = new Map(
  [...new Set([...Object.keys(NAMED), ...Object.keys(EXTENSION_FUNCTIONS)])].map((name) => {
    const { functions, types, operatorClasses, methods, schemas, prefix, needs } = NAMED[name] ?? {}
    return [
      name,
      {
        functions: new Set([...words(functions), ...(EXTENSION_FUNCTIONS[name] ?? [])]),
        types: words(types),
        operatorClasses: words(operatorClasses),
        methods: words(methods),
        schemas: words(schemas),
        prefix: prefix ?? null,
        needs: [...words(needs)],
      },
    ]
  }),
)
