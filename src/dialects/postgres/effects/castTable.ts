/**
 * pg_cast: from a type to the types it can become. `i` implicit, `a` on assignment, `e` only where
 * a cast is written; `=` the stored bytes stay as they are. Casts of a type to itself (its length)
 * and casts by way of text, which need no entry, are not here.
 *
 * Source: PostgreSQL 18.6 in PGlite 0.5.16, with citext. Made by `node bench/casts.mjs`:
 * do not edit.
 */
export const CAST_TABLE: Readonly<Record<string, string>> = {
  bit: 'int4:e int8:e varbit:i=',
  bool: 'bpchar:a citext:a int4:e text:a varchar:a',
  box: 'circle:e lseg:e point:e polygon:a',
  bpchar: 'char:a citext:a name:i text:i varchar:i xml:e',
  bytea: 'int2:e int4:e int8:e',
  char: 'bpchar:a int4:e text:i varchar:a',
  cidr: 'bpchar:a inet:i= text:a varchar:a',
  circle: 'box:e point:e polygon:e',
  citext: 'bpchar:a= text:i= varchar:i=',
  date: 'timestamp:i timestamptz:i',
  daterange: 'datemultirange:e',
  float4: 'float8:i int2:a int4:a int8:a numeric:a',
  float8: 'float4:a int2:a int4:a int8:a numeric:a',
  inet: 'bpchar:a cidr:a citext:a text:a varchar:a',
  int2:
    'bytea:e float4:i float8:i int4:i int8:i numeric:i oid:i regclass:i regcollation:i ' +
    'regconfig:i regdictionary:i regnamespace:i regoper:i regoperator:i regproc:i ' +
    'regprocedure:i regrole:i regtype:i',
  int4:
    'bit:e bool:e bytea:e char:e float4:i float8:i int2:a int8:i money:a numeric:i oid:i= ' +
    'regclass:i= regcollation:i= regconfig:i= regdictionary:i= regnamespace:i= regoper:i= ' +
    'regoperator:i= regproc:i= regprocedure:i= regrole:i= regtype:i=',
  int4range: 'int4multirange:e',
  int8:
    'bit:e bytea:e float4:i float8:i int2:a int4:a money:a numeric:i oid:i regclass:i ' +
    'regcollation:i regconfig:i regdictionary:i regnamespace:i regoper:i regoperator:i ' +
    'regproc:i regprocedure:i regrole:i regtype:i',
  int8range: 'int8multirange:e',
  interval: 'time:a',
  json: 'jsonb:a',
  jsonb: 'bool:e float4:e float8:e int2:e int4:e int8:e json:a numeric:e',
  lseg: 'point:e',
  macaddr: 'macaddr8:i',
  macaddr8: 'macaddr:i',
  money: 'numeric:a',
  name: 'bpchar:a text:i varchar:a',
  numeric: 'float4:i float8:i int2:a int4:a int8:a money:a',
  numrange: 'nummultirange:e',
  oid:
    'int4:a= int8:a regclass:i= regcollation:i= regconfig:i= regdictionary:i= regnamespace:i= ' +
    'regoper:i= regoperator:i= regproc:i= regprocedure:i= regrole:i= regtype:i=',
  path: 'polygon:a',
  point: 'box:a',
  polygon: 'box:e circle:e path:a point:e',
  regclass: 'int4:a= int8:a oid:i=',
  regcollation: 'int4:a= int8:a oid:i=',
  regconfig: 'int4:a= int8:a oid:i=',
  regdictionary: 'int4:a= int8:a oid:i=',
  regnamespace: 'int4:a= int8:a oid:i=',
  regoper: 'int4:a= int8:a oid:i= regoperator:i=',
  regoperator: 'int4:a= int8:a oid:i= regoper:i=',
  regproc: 'int4:a= int8:a oid:i= regprocedure:i=',
  regprocedure: 'int4:a= int8:a oid:i= regproc:i=',
  regrole: 'int4:a= int8:a oid:i=',
  regtype: 'int4:a= int8:a oid:i=',
  text: 'bpchar:i= char:a citext:a= name:i regclass:i varchar:i= xml:e',
  time: 'interval:i timetz:i',
  timestamp: 'date:a time:a timestamptz:i',
  timestamptz: 'date:a time:a timestamp:a timetz:a',
  timetz: 'time:a',
  tsrange: 'tsmultirange:e',
  tstzrange: 'tstzmultirange:e',
  varbit: 'bit:i=',
  varchar: 'bpchar:i= char:a citext:a= name:i regclass:i text:i= xml:e',
  xid8: 'xid:e',
  xml: 'bpchar:a= text:a= varchar:a=',
}
