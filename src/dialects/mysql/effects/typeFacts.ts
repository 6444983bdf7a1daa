import type { DataType } from '../../../catalog/type.ts'

/** The character set of a column whose table names none: the default since MySQL 8.0. */
const DEFAULT_CHARSET = 'utf8mb4'

/** The base of a type, without `unsigned`. */
export function baseOf({ name }: DataType): string {
  return name.split(' ')[0] ?? name
}

export function isUnsigned({ name }: DataType): boolean {
  return name.endsWith(' unsigned')
}

export type Family =
  'integer' | 'decimal' | 'float' | 'characters' | 'bytes' | 'list' | 'time' | 'json' | 'other'

export function familyOf(type: DataType): Family {
  const base = baseOf(type)
  if (base in INTEGERS) return 'integer'
  if (base === 'decimal') return 'decimal'
  if (base === 'float' || base === 'double') return 'float'
  if (/^(?:var)?char$|text$/.test(base)) return 'characters'
  if (/^(?:var)?binary$|blob$/.test(base)) return 'bytes'
  if (base === 'enum' || base === 'set') return 'list'
  if (/^(?:date|datetime|timestamp|time|year)$/.test(base)) return 'time'
  return base === 'json' ? 'json' : 'other'
}

const INTEGERS: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  mediumint: 3,
  int: 4,
  bigint: 8,
}

/** How many digits an integer type holds in any case, for a comparison with DECIMAL. */
export function integerBytes(type: DataType): number {
  return INTEGERS[baseOf(type)] ?? 0
}

/** TEXT, BLOB and JSON: no literal default, no index without a length, stored beside the row. */
export function isLarge(type: DataType): boolean {
  return /text$|blob$|^json$|^geometry|point$|polygon$|string$/.test(baseOf(type))
}

/** The most bytes that a character of the column takes. */
export function bytesPerCharacter({ charset }: DataType): number {
  switch (charset ?? DEFAULT_CHARSET) {
    case 'utf8mb4':
    case 'utf16':
    case 'utf32':
    case 'gb18030':
      return 4
    case 'utf8mb3':
    case 'ujis':
    case 'eucjpms':
      return 3
    case 'ucs2':
    case 'gbk':
    case 'gb2312':
    case 'big5':
    case 'sjis':
    case 'cp932':
    case 'euckr':
      return 2
    default:
      return 1
  }
}

/** The most characters or bytes that fit; null for what has no such limit. */
export function capacityOf(type: DataType): number | null {
  const base = baseOf(type)
  const [length] = type.modifiers
  if (/^(?:var)?(?:char|binary)$/.test(base)) return length ?? null
  const sizes: Readonly<Record<string, number>> = {
    tiny: 255,
    '': 65535,
    medium: 2 ** 24 - 1,
    long: 2 ** 32 - 1,
  }
  const large = /^(tiny|medium|long|)(text|blob)$/.exec(base)
  return large ? (sizes[large[1] ?? ''] ?? null) : null
}

/** The most bytes that a value of a string type takes. */
export function bytesOf(type: DataType): number | null {
  const capacity = capacityOf(type)
  if (capacity === null) return null
  return /^(?:var)?char$/.test(baseOf(type)) ? capacity * bytesPerCharacter(type) : capacity
}

/** The bytes that an index holds of a value; null where that is not known. */
export function keyBytes(type: DataType, prefix: number | null): number | null {
  const perCharacter = familyOf(type) === 'characters' ? bytesPerCharacter(type) : 1
  if (prefix !== null) return prefix * perCharacter
  return /^(?:var)?(?:char|binary)$/.test(baseOf(type)) ? bytesOf(type) : null
}

/** Digits behind the point of a number or of a second. */
export function digitsOf(type: DataType): number {
  const base = baseOf(type)
  if (base === 'decimal') return type.modifiers[1] ?? 0
  return /^(?:datetime|timestamp|time)$/.test(base) ? (type.modifiers[0] ?? 0) : 0
}
