import { type PgType, isArray, typeKey } from './typeModel.ts'

/** The numbers a type holds, by the digits before and after the point; NaN and infinities aside. */
export interface Digits {
  readonly whole: number
  /** Infinity: any number of them, or binary fractions. */
  readonly fraction: number
  /** Values reach 99…9, so that rounding can add a digit. */
  readonly carries: boolean
}

const INTEGERS: Readonly<Record<string, number>> = { int2: 5, int4: 10, oid: 10, int8: 19 }

/** The bounds integer types are compared by: `[lowest, highest]`. */
const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int2: [-(2n ** 15n), 2n ** 15n - 1n],
  int4: [-(2n ** 31n), 2n ** 31n - 1n],
  int8: [-(2n ** 63n), 2n ** 63n - 1n],
  oid: [0n, 2n ** 32n - 1n],
}

/** null: not a number. */
export function digitsOf(type: PgType): Digits | null {
  if (isArray(type)) return null
  const key = typeKey(type)
  const whole = INTEGERS[key]
  if (whole !== undefined) return { whole, fraction: 0, carries: false }
  if (key === 'float4' || key === 'float8') {
    return { whole: Infinity, fraction: Infinity, carries: true }
  }
  if (key === 'money') return { whole: 17, fraction: 2, carries: false }
  if (key !== 'numeric') return null
  const [precision, scale = 0] = type.modifiers
  if (precision === undefined) return { whole: Infinity, fraction: Infinity, carries: true }
  return { whole: Math.max(precision - scale, 0), fraction: scale, carries: true }
}

/** Whether every value of one integer type gets into the other; oid and int4 trade bits. */
export function integersFit(from: string, to: string): boolean {
  if (to === 'oid' && from !== 'int8') return true
  if (from === 'oid' && to === 'int4') return true
  const source = RANGES[from]
  const target = RANGES[to]
  return !!source && !!target && source[0] >= target[0] && source[1] <= target[1]
}

export function isInteger(key: string): boolean {
  return INTEGERS[key] !== undefined
}
