import type { SqlState } from './sqlStates.ts'
import { type Digits, digitsOf, integersFit, isInteger } from './typeDigits.ts'
import { type PgType, typeKey } from './typeModel.ts'
import { serverTypeName } from './typeName.ts'
import { type ValueHazards, failing } from './typeHazards.ts'

/** Decimal digits that a floating-point number keeps. */
const EXACT_DIGITS: Readonly<Record<string, number>> = { float4: 6, float8: 15 }

/**
 * What happens to values on their way into a number type.
 *
 * @returns null where either type is not a number and has no cast of its own to one.
 */
export function numberHazards(from: PgType, to: PgType): ValueHazards | null {
  const target = typeKey(to)
  const out = digitsOf(to)
  if (out === null) return null
  const special = notFromNumbers(from, to)
  if (special !== null) return special
  const source = digitsOf(from)
  if (source === null) return null
  if (target === 'float4' || target === 'float8') return intoFloat(from, source, target)
  if (isInteger(typeKey(from)) && isInteger(target)) {
    return { fails: integersFit(typeKey(from), target) ? null : outOfRange(to), loses: null }
  }
  const rounds = source.fraction > out.fraction || isFloat(from)
  const whole = source.whole + (rounds && source.carries ? 1 : 0)
  const fails = fits(from, source.whole, whole, to, out) ? null : outOfRange(to)
  return { fails, loses: rounds ? 'rounds' : null }
}

/** 9999.99 becomes a smallint, though rounding gives it a fifth digit: 10000 is in range. */
function fits(from: PgType, digits: number, rounded: number, to: PgType, out: Digits): boolean {
  if (typeKey(to) === 'money') return typeKey(from) === 'int4' || digits < out.whole
  return isInteger(typeKey(to)) ? digits < out.whole : rounded <= out.whole
}

function intoFloat(from: PgType, source: Digits, target: string): ValueHazards {
  const exact = EXACT_DIGITS[target] ?? 0
  if (isFloat(from)) {
    if (typeKey(from) === target || target === 'float8') return { fails: null, loses: null }
    return { fails: { code: '22003', message: 'value out of range: overflow' }, loses: 'rounds' }
  }
  // Whole numbers are exact a little further: int4 in 53 bits, but not in 24.
  const whole = source.fraction === 0 ? source.whole : Infinity
  const digits = Math.min(whole, source.whole + Math.max(source.fraction, 0))
  const fails =
    target === 'float4' && (source.whole >= 39 || source.fraction >= 38)
      ? failing('22003', 'value is out of range for type real').fails
      : null
  return { fails, loses: digits > exact ? 'rounds' : null }
}

function notFromNumbers(from: PgType, to: PgType): ValueHazards | null {
  const spoken = serverTypeName(to, false)
  switch (typeKey(from)) {
    case 'jsonb':
      return {
        fails: { code: '22023', message: `cannot cast jsonb value to type ${spoken}` },
        loses: /^int|^float/.test(typeKey(to)) || to.modifiers.length > 0 ? 'rounds' : null,
      }
    case 'bytea':
      return { fails: outOfRange(to), loses: null }
    case 'bit': {
      const room = typeKey(to) === 'int4' ? 32 : 64
      return { fails: (from.modifiers[0] ?? Infinity) > room ? outOfRange(to) : null, loses: null }
    }
    default:
      return null
  }
}

function outOfRange(to: PgType): { readonly code: SqlState; readonly message: string } {
  if (typeKey(to) === 'numeric') return { code: '22003', message: 'numeric field overflow' }
  const name = typeKey(to) === 'oid' ? 'OID' : serverTypeName(to, false)
  return { code: '22003', message: `${name} out of range` }
}

function isFloat(type: PgType): boolean {
  return typeKey(type) === 'float4' || typeKey(type) === 'float8'
}
