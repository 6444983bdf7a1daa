import { HARMLESS, TRUNCATES, type ValueHazards, failing } from './typeHazards.ts'
import { inputFailure } from './typeInput.ts'
import { type PgType, elementOf, isArray, isString, typeKey } from './typeModel.ts'
import { serverTypeName } from './typeName.ts'
import { maxTextLength } from './typeTextLength.ts'

/** Values written as text. */
export function intoText(from: PgType, to: PgType, explicit: boolean): ValueHazards {
  const target = typeKey(to)
  if (target === 'char') {
    if (typeKey(from) === 'int4') return failing('22003', '"char" out of range')
    return maxTextLength(from) > 1 ? TRUNCATES : HARMLESS
  }
  // A name holds 63 bytes; a character can take four.
  if (target === 'name') {
    const bytes = isString(from) && typeKey(from) !== 'name' ? 4 : 1
    return maxTextLength(from) * bytes > 63 ? TRUNCATES : HARMLESS
  }
  if (maxTextLength(from) <= maxTextLength(to)) return HARMLESS
  return explicit
    ? TRUNCATES
    : failing('22001', `value too long for type ${serverTypeName(to, true)}`)
}

/** Text read as values. */
export function outOfText(from: PgType, to: PgType): ValueHazards {
  // A "char" is a number in its own right.
  if (typeKey(from) === 'char' && typeKey(to) === 'int4') return HARMLESS
  return { fails: inputFailure(to), loses: lostInReading(to, maxTextLength(from)) }
}

/**
 * What the reading of text drops without a word: digits, the time of a day, an offset. Digits
 * beyond microseconds are not counted.
 *
 * @param length the longest the text can be: `varchar(10)` has room for a date and nothing more.
 */
function lostInReading(to: PgType, length: number): ValueHazards['loses'] {
  if (isArray(to)) return lostInReading(elementOf(to), length)
  const [size] = to.modifiers
  switch (typeKey(to)) {
    case 'numeric':
      return size === undefined || length < 2 ? null : 'rounds'
    case 'float4':
      return length > 7 ? 'rounds' : null
    case 'float8':
      return length > 16 ? 'rounds' : null
    case 'money':
      return length > 3 ? 'rounds' : null
    case 'date':
    case 'time':
    case 'timetz':
    case 'timestamp':
      return length > 10 ? 'truncates' : null
    case 'timestamptz':
    case 'interval':
      return size !== undefined && size < 6 ? 'rounds' : null
    case 'bit':
    case 'varbit':
      return length > (size ?? Infinity) ? 'truncates' : null
    default:
      return null
  }
}
