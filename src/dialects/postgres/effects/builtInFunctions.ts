/**
 * Functions of PostgreSQL and its bundled extensions that a default may call without a rewrite:
 * none of their forms is volatile (pg_proc.provolatile; test/dialects/postgres/effects/functions.test.ts
 * asks the server). Any other function that the migrations did not create may be volatile,
 * as PostgreSQL takes a function to be that does not say what it is.
 */
export const NOT_VOLATILE: ReadonlySet<string> = new Set(
  (
    'abs acos age array_append array_cat array_fill array_length array_prepend array_remove ' +
    'array_to_json array_to_string ascii asin atan btrim ceil ceiling char_length ' +
    'character_length chr concat concat_ws convert_from convert_to cos current_database ' +
    'current_schema current_schemas current_setting current_user date_bin date_part date_trunc ' +
    'decode degrees div encode exp factorial floor format gcd get_bit get_byte hashtext host ' +
    'initcap int4range int8range json_array_length json_build_array json_build_object json_object ' +
    'jsonb_array_length jsonb_build_array jsonb_build_object jsonb_object jsonb_pretty ' +
    'jsonb_set jsonb_strip_nulls json_strip_nulls lcm left length ln log lower lpad ltrim ' +
    'make_date make_interval make_time make_timestamp make_timestamptz masklen md5 mod netmask ' +
    'network now num_nonnulls num_nulls numrange octet_length parse_ident pg_client_encoding ' +
    'pi point power quote_ident quote_literal quote_nullable radians regexp_match ' +
    'regexp_replace regexp_split_to_array repeat replace reverse right round row_to_json rpad ' +
    'rtrim session_user sha224 sha256 sha384 sha512 sign sin split_part sqrt ' +
    'statement_timestamp string_to_array strpos substr substring tan timezone to_ascii to_char ' +
    'to_date to_hex to_json to_jsonb to_number to_timestamp to_tsquery to_tsvector ' +
    'plainto_tsquery transaction_timestamp translate trim_array trunc tsrange tstzrange ' +
    'daterange txid_current upper width_bucket setweight justify_days justify_hours ' +
    'justify_interval overlay position'
  ).split(' '),
)

/** Functions of PostgreSQL and its bundled extensions that give another value for every row. */
export const VOLATILE: ReadonlySet<string> = new Set(
  (
    'gen_random_uuid uuidv4 uuidv7 random random_normal clock_timestamp timeofday nextval setval ' +
    'currval lastval pg_sleep set_config uuid_generate_v1 uuid_generate_v1mc uuid_generate_v4 ' +
    'gen_random_bytes gen_salt'
  ).split(' '),
)
