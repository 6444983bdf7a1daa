import { numberHazards } from './typeNumbers.ts'
import { HARMLESS, ROUNDS, TRUNCATES, type ValueHazards, failing } from './typeHazards.ts'
import {
  type PgType,
  baseOf,
  elementOf,
  hasConstraints,
  isArray,
  isSamePgType,
  isString,
  isUnknown,
  typeKey,
} from './typeModel.ts'
import { serverTypeName } from './typeName.ts'
import { intoText, outOfText } from './typeText.ts'

/**
 * What the change of a value from one type to another can run into, where the cast exists.
 *
 * Left out, because no migration meets them: NaN and infinities, dates outside the years 1 to 9999,
 * the sign of int4 ↔ oid, the hour that a change of the clock repeats or skips. What only changes
 * the spelling (`007`, the order of keys in json) loses nothing here.
 *
 * @param explicit the cast is written out: then what is too long is cut instead of refused.
 */
export function valueHazards(from: PgType, to: PgType, explicit: boolean): ValueHazards {
  if (isSamePgType(from, to) && from.modifiers.join() === to.modifiers.join()) return HARMLESS
  if (isUnknown(from) || isUnknown(to)) return HARMLESS
  const source = baseOf(from)
  const target = baseOf(to)
  const hazards = baseHazards(source, target, explicit)
  if (hazards.fails !== null || isSamePgType(from, to)) return hazards
  const refusing = isArray(to) && isArray(source) ? elementOf(to) : to
  if (!hasConstraints(refusing)) return hazards
  const name = serverTypeName(refusing, false)
  const message = `value for domain ${name} violates check constraint`
  return { ...hazards, fails: { code: '23514', message } }
}

function baseHazards(from: PgType, to: PgType, explicit: boolean): ValueHazards {
  if (isArray(from) && isArray(to)) {
    return valueHazards(elementOf(from), elementOf(to), explicit)
  }
  const source = typeKey(from)
  const target = typeKey(to)
  if (!isArray(to)) {
    if (isString(to) || target === 'char') return intoText(from, to, explicit)
    const numbers = numberHazards(from, to)
    if (numbers !== null) return numbers
  }
  if (isString(from) || source === 'char') return outOfText(from, to)
  if (target === 'bit' || target === 'varbit') return intoBits(from, to, explicit)
  return TIMES.has(source) && TIMES.has(target) ? betweenTimes(from, to) : betweenOthers(from, to)
}

function intoBits(from: PgType, to: PgType, explicit: boolean): ValueHazards {
  const [size = Infinity] = to.modifiers
  const exact = typeKey(to) === 'bit'
  const source = typeKey(from)
  if (source === 'int4' || source === 'int8') {
    return size < (source === 'int4' ? 32 : 64) ? TRUNCATES : HARMLESS
  }
  const [length = Infinity] = from.modifiers
  if (explicit || size === Infinity) return length > size ? TRUNCATES : HARMLESS
  if (exact && !(source === 'bit' && length === size)) {
    const has = source === 'bit' ? `${length}` : 'n'
    return failing('22026', `bit string length ${has} does not match type bit(${size})`)
  }
  return !exact && length > size
    ? failing('22001', `bit string too long for type bit varying(${size})`)
    : HARMLESS
}

const TIMES = new Set(['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval'])

function betweenTimes(from: PgType, to: PgType): ValueHazards {
  const source = typeKey(from)
  const target = typeKey(to)
  const dropsDay = target === 'time' || target === 'timetz'
  if (target === 'date' || (dropsDay && source !== 'time' && source !== target)) return TRUNCATES
  const precision = (type: PgType) => (type.name === 'date' ? 0 : (type.modifiers[0] ?? 6))
  return precision(from) > precision(to) ? ROUNDS : HARMLESS
}

function betweenOthers(from: PgType, to: PgType): ValueHazards {
  const source = typeKey(from)
  const target = typeKey(to)
  if (source === 'inet' && target === 'cidr') return TRUNCATES
  if (source === 'json' && target === 'jsonb') {
    return failing('22P05', 'unsupported Unicode escape sequence')
  }
  if (source === 'jsonb' && target === 'bool') {
    return failing('22023', 'cannot cast jsonb value to type boolean')
  }
  if (source === 'macaddr8' && target === 'macaddr') {
    return failing('22003', 'macaddr8 data out of range to convert to macaddr')
  }
  if (source === 'int4' && target === 'bool') return TRUNCATES
  return HARMLESS
}
