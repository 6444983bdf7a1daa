import type { SeedType } from './seedCatalog.ts'

/** What makes a value of a built-in type out of a row's number. */
type Make = (g: string, modifier: number) => string

const RANGE_STEP = "interval '1 minute'"

const text: Make = (g, modifier) => {
  const length = modifier - 4
  return modifier > 4 && length < 5 ? `right(${g}::text, ${length})` : `${g}::text`
}
const integer: Make = (g) => g
const bits = (modifier: number): number => (modifier > 0 ? Math.min(modifier, 10) : 10)

const BUILT_IN: Readonly<Record<string, Make>> = {
  int2: integer,
  int4: integer,
  int8: integer,
  float4: integer,
  float8: integer,
  money: integer,
  oid: integer,
  numeric: (g, modifier) => {
    const digits = modifier < 0 ? 5 : ((modifier - 4) >> 16) - ((modifier - 4) & 0x7ff)
    return digits > 4 ? g : `${g} % ${10 ** Math.max(digits, 0)}`
  },
  text,
  varchar: text,
  bpchar: text,
  citext: text,
  name: text,
  char: (g) => `(${g} % 10)::text`,
  bool: (g) => `${g} % 2 = 0`,
  date: (g) => `date '2020-01-01' + ${g}`,
  timestamp: (g) => `timestamp '2020-01-01' + ${g} * interval '1 hour'`,
  timestamptz: (g) => `timestamptz '2020-01-01 00:00+00' + ${g} * interval '1 hour'`,
  time: (g) => `time '00:00' + ${g} * ${RANGE_STEP}`,
  timetz: (g) => `timetz '00:00+00' + ${g} * ${RANGE_STEP}`,
  interval: (g) => `${g} * ${RANGE_STEP}`,
  uuid: (g) => `lpad(to_hex(${g}), 32, '0')`,
  json: (g) => `json_build_object('n', ${g})`,
  jsonb: (g) => `jsonb_build_object('n', ${g})`,
  bytea: (g) => `decode(lpad(to_hex(${g}), 8, '0'), 'hex')`,
  inet: (g) => `inet '10.0.0.0' + ${g}`,
  cidr: (g) => `inet '10.0.0.0' + ${g}`,
  macaddr: (g) => `'08002b01' || lpad(to_hex(${g}), 4, '0')`,
  macaddr8: (g) => `'08002b010203' || lpad(to_hex(${g}), 4, '0')`,
  bit: (g, modifier) => `${g}::bit(${Math.max(modifier, 1)})`,
  varbit: (g, modifier) => `${g}::bit(${bits(modifier)})`,
  point: (g) => `point(${g}, ${g})`,
  line: (g) => `line(point(${g}, 0), point(${g}, 1))`,
  lseg: (g) => `lseg(point(${g}, 0), point(${g}, 1))`,
  box: (g) => `box(point(0, 0), point(${g}, ${g}))`,
  path: (g) => `polygon(box(point(0, 0), point(${g}, ${g})))::path`,
  polygon: (g) => `polygon(box(point(0, 0), point(${g}, ${g})))`,
  circle: (g) => `circle(point(0, 0), ${g})`,
  xml: (g) => `'<n>' || ${g} || '</n>'`,
  tsvector: (g) => `to_tsvector('simple', ${g}::text)`,
  tsquery: (g) => `to_tsquery('simple', ${g}::text)`,
  pg_lsn: (g) => `'0/' || to_hex(${g})`,
  jsonpath: (g) => `'$.n' || ${g}`,
  hstore: (g) => `hstore('n', ${g}::text)`,
  vector: (g, modifier) => `array_fill(${g}::real, array[${Math.max(modifier, 1)}])`,
}

/**
 * A value of a type, as SQL over a row's number. It depends on nothing else, above all not on the
 * column: so the columns of a foreign key agree with those they reference, composite ones too.
 * Text is digits, which is also what most conversions of text accept.
 *
 * @param g SQL for the row's number, counted from 1
 * @returns null for a type nothing is known of
 */
export function seedValue(
  types: ReadonlyMap<number, SeedType>,
  type: number,
  modifier: number,
  g: string,
): string | null {
  const known = types.get(type)
  if (!known) return null
  const value = rawValue(types, known, modifier, g)
  return value === null ? null : `(${value})::${castTarget(types, known)}`
}

/** Longer text would not fit into an index. */
const LONGEST = 1000

const longText = (modifier: number) =>
  `repeat('x', ${modifier > 4 ? Math.min(modifier - 4, LONGEST) : LONGEST})`

/** The longest or largest value of a built-in type, where the usual one is not it. */
const EXTREMES: Readonly<Record<string, (modifier: number) => string>> = {
  int2: () => '32767',
  int4: () => '2147483647',
  int8: () => '9223372036854775807',
  float4: () => "'Infinity'",
  float8: () => "'Infinity'",
  numeric: (modifier) => {
    if (modifier < 0) return `1e30`
    const scale = (modifier - 4) & 0x7ff
    const digits = (modifier - 4) >> 16
    return `(10 ^ ${digits - scale}::numeric) - (10 ^ ${-scale}::numeric)`
  },
  text: longText,
  varchar: longText,
  bpchar: longText,
  citext: longText,
  date: () => "'9999-12-31'",
  timestamp: () => "'9999-12-31 23:59:59'",
  timestamptz: () => "'9999-12-31 23:59:59+00'",
  json: () => "'null'",
  jsonb: () => "'null'",
  bytea: () => "''",
}

/**
 * A value at the end of what a type can hold, as SQL.
 *
 * @returns null where there is none that differs from the usual ones
 */
export function extremeValue(
  types: ReadonlyMap<number, SeedType>,
  type: number,
  modifier: number,
): string | null {
  const known = types.get(type)
  if (!known) return null
  if (known.kind === 'e') {
    const labels = `enum_range(null::${known.sql})`
    return `(${labels})[array_length(${labels}, 1)]`
  }
  if (known.kind === 'd' && known.inner !== null) {
    return extremeValue(types, known.inner, known.modifier)
  }
  if (known.category === 'A') return `'{}'::${known.sql}`
  const make = EXTREMES[known.name]
  return make ? `(${make(modifier)})::${known.sql}` : null
}

function rawValue(
  types: ReadonlyMap<number, SeedType>,
  type: SeedType,
  modifier: number,
  g: string,
): string | null {
  if (type.kind === 'e') {
    const labels = `enum_range(null::${type.sql})`
    return `(${labels})[1 + ${g} % array_length(${labels}, 1)]`
  }
  // Left as its base type: the domain's CHECKs then filter rows instead of refusing all of them.
  if (type.kind === 'd') return inner(types, type, type.modifier, g)
  if (type.kind === 'm') return "'{}'"
  if (type.kind === 'r') {
    const bound = inner(types, type, -1, g)
    return bound === null ? null : `${type.sql}(${bound}, ${bound}, '[]')`
  }
  if (type.category === 'A') {
    const element = inner(types, type, modifier, g)
    return element === null ? null : `array[${element}]`
  }
  const make = BUILT_IN[type.name]
  return make ? make(g, modifier) : `${g}::text`
}

function inner(
  types: ReadonlyMap<number, SeedType>,
  type: SeedType,
  modifier: number,
  g: string,
): string | null {
  return type.inner === null ? null : seedValue(types, type.inner, modifier, g)
}

/** Casting to a domain would raise what is to be filtered, so a domain's base is the target. */
function castTarget(types: ReadonlyMap<number, SeedType>, type: SeedType): string {
  if (type.kind === 'd' && type.inner !== null) {
    const base = types.get(type.inner)
    if (base) return castTarget(types, base)
  }
  return type.sql
}
