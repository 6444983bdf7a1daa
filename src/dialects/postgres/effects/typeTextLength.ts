import { type PgType, isArray, typeKey } from './typeModel.ts'

/**
 * The longest text a value of a type is written as, in characters; Infinity where there is no bound
 * worth the name. Dates are taken to lie in the years 1 to 9999 and to be written in ISO style.
 */
export function maxTextLength(type: PgType): number {
  if (isArray(type)) return Infinity
  const [size, scale] = type.modifiers
  const key = typeKey(type)
  if (key === 'numeric') return size === undefined ? Infinity : numericLength(size, scale ?? 0)
  if (key === 'varchar' || key === 'bpchar' || key === 'bit' || key === 'varbit') {
    return size ?? Infinity
  }
  if (type.kind === 'enum') return longestLabel(type)
  const length = LENGTHS[key] ?? Infinity
  if (!PRECISE.has(key) || size === undefined || size >= 6) return length
  // Without digits after it, the point goes too.
  return length - (size === 0 ? 7 : 6 - size)
}

const LENGTHS: Readonly<Record<string, number>> = {
  bool: 5,
  int2: 6,
  int4: 11,
  int8: 20,
  oid: 10,
  money: 32,
  float4: 15,
  float8: 24,
  uuid: 36,
  date: 10,
  time: 15,
  timetz: 24,
  timestamp: 26,
  timestamptz: 35,
  inet: 50,
  cidr: 50,
  macaddr: 17,
  macaddr8: 23,
  name: 63,
  char: 4,
}

/** Types that write as many digits of a second as their modifier says. */
const PRECISE: ReadonlySet<string> = new Set(['time', 'timetz', 'timestamp', 'timestamptz'])

/** A label takes 63 bytes at most. */
function longestLabel(type: PgType): number {
  return type.labels ? Math.max(0, ...type.labels.map((label) => [...label].length)) : 63
}

function numericLength(precision: number, scale: number): number {
  const whole = Math.max(precision - scale, 1)
  return 1 + whole + (scale > 0 ? 1 + scale : 0)
}
