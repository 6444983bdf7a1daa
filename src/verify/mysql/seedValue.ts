import type { SeedColumn, SeedTable } from './columns.ts'

/** More values than these per column only make the search for a fitting row longer. */
const LIMIT = 16

/**
 * A value of a column's type, as SQL over a row's number. It depends on nothing else, so that the columns
 * of a foreign key agree with those they refer to.
 *
 * @param g - SQL for the row's number, counted from 1
 */
export function usualValue(column: SeedColumn, g = 'g'): string {
  const { type, length, wholeType } = column
  switch (type) {
    case 'tinyint':
      return `(${g}) % 100`
    case 'decimal':
    case 'numeric':
      return length !== null && length < 4 ? `(${g}) % ${10 ** length}` : g
    case 'float':
    case 'double':
      return `(${g}) + 0.5`
    case 'bit':
      return `(${g}) % 2`
    case 'year':
      return `2000 + (${g}) % 100`
    case 'date':
      return `date_add('2020-01-01', interval (${g}) day)`
    case 'datetime':
    case 'timestamp':
      return `date_add('2020-01-01 00:00:00', interval (${g}) hour)`
    case 'time':
      return `sec_to_time((${g}) * 60)`
    case 'enum':
    case 'set': {
      const labels = labelsOf(wholeType)
      return `elt(1 + (${g}) % ${labels.length}, ${labels.join(', ')})`
    }
    case 'json':
      return `json_object('n', ${g})`
    case 'uuid':
      return `concat(lpad(hex(${g}), 8, '0'), '-0000-0000-0000-000000000000')`
    case 'inet4':
      return `inet_ntoa(167772160 + (${g}))`
    case 'inet6':
      return `concat('::', hex(${g}))`
    case 'point':
    case 'geometry':
      return `point(${g}, ${g})`
    default:
      if (/int$|^integer$/.test(type)) return g
      return length !== null && length < 4
        ? `right(cast(${g} as char), ${length})`
        : `cast(${g} as char)`
  }
}

function labelsOf(wholeType: string): readonly string[] {
  return wholeType.match(/'(?:[^']|'')*'/g) ?? ["''"]
}

/** The longest or largest value that a column takes; the usual one where it has none of its own. */
function extremeValue(column: SeedColumn): string {
  const { type, length, wholeType } = column
  const isUnsigned = wholeType.includes('unsigned')
  const most = MOST[type]
  if (most) return isUnsigned ? most[1] : most[0]
  if (/char|text/.test(type)) return `repeat('x', ${Math.min(length ?? 1000, 1000)})`
  if (type === 'date' || type === 'datetime') return "'9999-12-31'"
  return usualValue(column, '1')
}

const MOST: Readonly<Record<string, readonly [signed: string, unsigned: string]>> = {
  tinyint: ['127', '255'],
  smallint: ['32767', '65535'],
  mediumint: ['8388607', '16777215'],
  int: ['2147483647', '4294967295'],
  bigint: ['9223372036854775807', '18446744073709551615'],
}

/** As on PostgreSQL: of three rows one has NULL, one the extreme, and the values of most are the same. */
export function adverseValue(column: SeedColumn): string {
  const plain = column.distinct ? usualValue(column) : usualValue(column, '1')
  const nothing = column.notNull ? plain : 'null'
  const isPlain = !column.refers && !column.distinct
  return `case g % 3 when 1 then ${nothing} when 2 then ${isPlain ? extremeValue(column) : plain} else ${plain} end`
}

/** Values for columns that checks restrict, so combined that counting rows runs through every combination. */
export function suggestedValues({ columns, checks }: SeedTable): readonly string[] {
  const strings = [...new Set(checks.match(/'(?:[^'\\]|''|\\.)*'/g) ?? [])]
  const numbers = [...new Set(checks.match(/(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g) ?? [])]
  let stride = 1
  return columns.map((column) => {
    const usual = usualValue(column)
    if (!checks.includes(column.name)) return usual
    const isText = /char|text/.test(column.type)
    const suggested = isText ? strings : numbers.flatMap((number) => [number, `${number} + g`])
    const all = [...new Set([usual, ...suggested, ...(column.notNull ? [] : ['null'])])]
    const cases = all.slice(0, LIMIT).map((value, i) => `when ${i} then ${value}`)
    const value = `case g div ${stride} % ${cases.length} ${cases.join(' ')} end`
    stride *= cases.length
    return value
  })
}
