import type { PgType } from '../../../../src/dialects/postgres/effects/typeChange.ts'

/** The types of our own that the comparison is run on. */
export const USER_TYPES = `
  CREATE EXTENSION citext;
  CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
  CREATE TYPE other_mood AS ENUM ('sad', 'meh');
  CREATE TYPE pair AS (a int, b text);
  CREATE DOMAIN d_text AS text;
  CREATE DOMAIN dd_text AS d_text;
  CREATE DOMAIN d_refusing AS text CHECK (value IS NULL);
  CREATE DOMAIN d_over_refusing AS d_refusing;
  CREATE DOMAIN d_int AS int;
  CREATE DOMAIN d_int_refusing AS int CHECK (value IS NULL);
  CREATE DOMAIN d_varchar10 AS varchar(10);
  CREATE DOMAIN d_varchar20 AS varchar(20);
  CREATE DOMAIN d_numeric AS numeric(10,2);
  CREATE DOMAIN d_mood AS mood;
  CREATE DOMAIN d_texts AS text[];
  CREATE DOMAIN d_range AS int4range;
`

const userType = (name: string, kind: PgType['kind'], more: Partial<PgType> = {}): PgType => ({
  name,
  schema: 'public',
  modifiers: [],
  dimensions: 0,
  kind,
  ...more,
})

function named(name: string): PgType | undefined {
  const domain = (base: string, constrained = false) =>
    userType(name, 'domain', { base: pgType(base), constrained })
  switch (name) {
    case 'citext':
      return userType(name, 'unknown')
    case 'mood':
      return userType(name, 'enum', { labels: ['sad', 'ok', 'happy'] })
    case 'other_mood':
      return userType(name, 'enum', { labels: ['sad', 'meh'] })
    case 'pair':
      return userType(name, 'composite')
    case 'd_text':
      return domain('text')
    case 'dd_text':
      return domain('d_text')
    case 'd_refusing':
      return domain('text', true)
    case 'd_over_refusing':
      return domain('d_refusing')
    case 'd_int':
      return domain('int4')
    case 'd_int_refusing':
      return domain('int4', true)
    case 'd_varchar10':
      return domain('varchar(10)')
    case 'd_varchar20':
      return domain('varchar(20)')
    case 'd_numeric':
      return domain('numeric(10,2)')
    case 'd_mood':
      return domain('mood')
    case 'd_texts':
      return domain('text[]')
    case 'd_range':
      return domain('int4range')
    default:
      return undefined
  }
}

/** A type from its SQL: `numeric(10,2)`, `char(5)`, `"char"`, `varchar(10)[]`, `d_text`. */
export function pgType(sql: string): PgType {
  const match = /^("?)(\w+)\1(?:\(([\d,]+)\))?(\[\])?$/.exec(sql)
  if (!match) throw new Error(`cannot read the type ${sql}`)
  const [, quote, word = '', modifiers, array] = match
  const dimensions = array ? 1 : 0
  const own = named(word)
  if (own) return array ? { ...own, dimensions } : own
  return {
    name: word === 'char' && quote === '' ? 'bpchar' : word,
    schema: null,
    modifiers: modifiers ? modifiers.split(',').map(Number) : [],
    dimensions,
    kind: 'base',
  }
}

/** Every ordered pair of these is altered, with and without a cast. */
export const COMPARED_TYPES: readonly string[] = [
  ...['int2', 'int4', 'int8', 'float4', 'float8', 'money', 'oid', 'regclass', 'bool', 'uuid'],
  ...['numeric', 'numeric(10,2)', 'numeric(12,2)', 'numeric(12,4)', 'numeric(10)'],
  ...['text', 'varchar', 'varchar(10)', 'varchar(20)', 'bpchar', 'char(5)', 'char(10)', 'name'],
  ...['"char"', 'citext', 'json', 'jsonb', 'xml', 'bytea', 'timestamp', 'timestamp(3)'],
  ...['timestamptz', 'timestamptz(6)', 'date', 'time', 'time(3)', 'timetz', 'interval'],
  ...['interval(3)', 'bit(5)', 'varbit(10)', 'varbit(20)', 'inet', 'cidr', 'int4range', 'mood'],
  ...['other_mood', 'd_text', 'dd_text', 'd_over_refusing', 'd_int', 'd_varchar10', 'd_varchar20'],
  ...['d_mood', 'd_texts', 'd_range', 'text[]', 'varchar[]', 'varchar(10)[]', 'int4[]', 'd_text[]'],
]

const LONG = 'x'.repeat(200)
/** Not a value of any type, and three bytes at least in each. */
const NONSENSE = String.raw`'<\x`

/** Rows that bring out what can happen to values of a type: its extremes, and the ordinary. */
export const ROWS: Readonly<Record<string, readonly string[]>> = {
  int2: ['-32768', '32767', '2'],
  int4: ['-2147483648', '2147483647', '16777217', '2'],
  int8: ['-9223372036854775808', '9007199254740993', '16777217'],
  oid: ['4294967295', '16777217', '1'],
  money: ['92233720368547758.07', '-1.55'],
  bool: ['true', 'false'],
  float4: ['3.4e38', '-1.0000001e-10', '1.55', '123.45679'],
  float8: ['1.7e308', '-2.2250738585072014e-308', '1.5555555', '1.23456789012345678', '123.4'],
  numeric: [`-1${'0'.repeat(70)}.5`, '1e40', '1.55555', '0.55', '1.234567890123456789'],
  'numeric(10,2)': ['-99999999.99', '99999999.99', '123456.55', '1.55', '0.55'],
  'numeric(9,1)': ['-99999999.9', '99999999.9', '1.5'],
  'numeric(12,4)': ['-99999999.9999', '12345.5555', '1.5555', '0.5555'],
  'numeric(4)': ['-9999', '9999'],
  'numeric(4,1)': ['-999.9', '999.9', '1.5'],
  'numeric(2,2)': ['-0.99', '0.99', '0.55'],
  text: [LONG, NONSENSE, '1.23456789012345678', '2024-01-01 10:11:12.123456+02', '101010'],
  'varchar(10)': [NONSENSE, '1100000000', '0.12345678', '1.23456789', '2024-01-01', 'abcdefghij'],
  'char(10)': [NONSENSE, '1100000000', '0.12345678', '1.23456789', 'abcdefghij'],
  name: [
    ...['x'.repeat(63), '1100000000', NONSENSE, '1.23456789012345678'],
    '2024-01-01 10:11:12.123456+02',
  ],
  '"char"': ['a', '<'],
  uuid: ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  json: [JSON.stringify(LONG), String.raw`"\u0000"`],
  jsonb: [JSON.stringify(LONG), '1.5555', '1.234567890123456789'],
  bytea: [`\\x${'ab'.repeat(40)}`, '\\x0102'],
  xml: [`<a>${LONG}</a>`],
  date: ['0001-01-01', '9999-12-31'],
  timestamp: ['0001-01-01 10:00:00.123456', '9999-12-31 23:59:59.999999'],
  timestamptz: ['0001-01-02 10:00:00.123456', '9999-12-30 23:59:59.999999'],
  time: ['23:59:59.999999', '10:11:12.123456'],
  'time(3)': ['10:11:12.123'],
  timetz: ['23:59:59.999999+15:59:59', '10:11:12.123456+02'],
  interval: ['-170000000 years -11 mons -2147483648 days -2562047787:00:54.775807', '1 day 1.5 s'],
  'bit(5)': ['10101'],
  'bit(40)': ['1'.repeat(40)],
  varbit: ['1'.repeat(200), '1'],
  'varbit(10)': ['1111111111', '1'],
  inet: ['192.168.1.5/24', 'fe80:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127'],
  macaddr8: ['01:02:03:04:05:06:07:08'],
  mood: ['happy'],
  d_int: ['2147483647', '-2147483648', '16777217', '2'],
  d_varchar10: [NONSENSE, '1100000000', '0.12345678', '1.23456789', '2024-01-01', 'abcdefghij'],
  'text[]': [`{${LONG}}`, '{1.23456789012345678}', '{2024-01-01 10:11}'],
  'int8[]': [`{${Array(20).fill('9223372036854775807').join()}}`, '{16777217}'],
  'timestamp[]': [`{${Array(20).fill('"2024-01-01 10:11:12.123456"').join()}}`],
}

/** What those rows are turned into. */
export const TARGETS: readonly string[] = [
  ...['int2', 'int4', 'int8', 'oid', 'money', 'bool', 'float4', 'float8', 'numeric', 'uuid'],
  ...['numeric(10,2)', 'numeric(9,1)', 'numeric(8,1)', 'numeric(5)', 'numeric(19)'],
  ...['text', 'varchar(4)', 'varchar(5)', 'varchar(9)', 'varchar(10)', 'varchar(11)'],
  ...['varchar(36)', 'char(5)', 'name', '"char"', 'json', 'jsonb', 'bytea', 'xml'],
  ...['date', 'timestamp', 'timestamp(3)', 'timestamptz', 'time', 'time(3)', 'timetz', 'interval'],
  ...['interval(3)', 'bit(5)', 'varbit(3)', 'varbit', 'inet', 'cidr', 'macaddr', 'mood'],
  ...[
    'int4range',
    'd_refusing',
    'd_int_refusing',
    'd_varchar10',
    'text[]',
    'varchar(10)[]',
    'int4[]',
    'date[]',
  ],
]
