/**
 * The types PostgreSQL brings along (pg_type of PostgreSQL 18, schema pg_catalog), by their internal
 * names. A bare type name is looked for here first, as pg_catalog is always searched first.
 */
export const BUILT_IN_TYPES: ReadonlySet<string> = new Set(
  (
    'aclitem bit bool box bpchar bytea char cid cidr circle date datemultirange daterange float4 ' +
    'float8 inet int2 int2vector int4 int4multirange int4range int8 int8multirange int8range ' +
    'interval json jsonb jsonpath line lseg macaddr macaddr8 money name nummultirange numeric ' +
    'numrange oid oidvector path pg_lsn pg_snapshot point polygon refcursor regclass regcollation ' +
    'regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype ' +
    'text tid time timestamp timestamptz timetz tsmultirange tsquery tsrange tstzmultirange ' +
    'tstzrange tsvector txid_snapshot uuid varbit varchar xid xid8 xml decimal'
  ).split(' '),
)
