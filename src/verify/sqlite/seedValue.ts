import { quoteLiteral } from '../trace/client.ts'
import type { SeedColumn, SeedTable } from './columns.ts'

/** More values than these per column only make the search for a fitting row longer. */
const LIMIT = 24

/**
 * A value of a column's type, as SQL over a row's number. It depends on nothing else, above all not on the
 * column, so that the columns of a foreign key agree with those they refer to.
 *
 * @param g - SQL for the row's number, counted from 1
 */
export function usualValue({ type }: SeedColumn, g = 'g'): string {
  switch (affinityOf(type)) {
    case 'text':
      return `cast(${g} as text)`
    case 'blob':
      return `cast(cast(${g} as text) as blob)`
    case 'real':
      return `(${g} + 0.5)`
    default:
      return g
  }
}

/** The longest or largest value that a column is likely to get. */
function extremeValue({ type }: SeedColumn): string {
  switch (affinityOf(type)) {
    case 'text':
      return `replace(hex(zeroblob(500)), '0', 'x')`
    case 'blob':
      return 'zeroblob(1000)'
    case 'real':
      return '9e999'
    default:
      return '9223372036854775807'
  }
}

/** "Datatypes In SQLite", section 3.1. */
function affinityOf(type: string): 'integer' | 'text' | 'blob' | 'real' | 'numeric' {
  if (type.includes('INT')) return 'integer'
  if (/CHAR|CLOB|TEXT/.test(type)) return 'text'
  if (type === '' || type.includes('BLOB')) return 'blob'
  return /REAL|FLOA|DOUB/.test(type) ? 'real' : 'numeric'
}

/**
 * The values that give trouble: of three rows one has NULL where that is admitted, one the longest text and
 * the largest number, and where nothing keeps them apart all have the same.
 */
export function adverseValue(column: SeedColumn): string {
  const usual = usualValue(column)
  const isPlain = !column.refers && !column.distinct
  const plain = column.distinct ? usual : usualValue(column, '1')
  const nothing = column.notNull ? plain : 'null'
  return `case g % 3 when 1 then ${nothing} when 2 then ${isPlain ? extremeValue(column) : plain} else ${plain} end`
}

const STRING = /'((?:[^']|'')*)'/g
const NUMBER = /(?<![\w.])\d+(?:\.\d+)?(?![\w.])/g

/**
 * Values for columns that conditions restrict: what the literals of the definition suggest, so combined
 * that counting rows runs through every combination.
 */
export function suggestedValues({ columns, definition }: SeedTable): readonly string[] {
  const checks = definition.slice(Math.max(0, definition.search(/\bcheck\b/i)))
  const strings = [...checks.matchAll(STRING)].map(([, text = '']) => text.replaceAll("''", "'"))
  const numbers = [...checks.matchAll(NUMBER)].map(([text]) => text)
  let stride = 1
  return columns.map((column) => {
    const usual = usualValue(column)
    if (!checks.includes(column.name)) return usual
    const isText = ['text', 'blob'].includes(affinityOf(column.type))
    const suggested = isText
      ? [...strings.flatMap(textsLike), ...numbers.map((length) => textOf(Number(length)))]
      : numbers.flatMap((number) => [number, `${number} + g`, `-${number}`])
    const candidates = [...new Set([usual, ...suggested, ...(column.notNull ? [] : ['null'])])]
    const cases = candidates.slice(0, LIMIT).map((value, i) => `when ${i} then ${value}`)
    const value = `case g / ${stride} % ${cases.length} ${cases.join(' ')} end`
    stride *= cases.length
    return value
  })
}

/** Texts that equal, begin with, end with or contain a literal or the plain part of a pattern. */
function textsLike(text: string): readonly string[] {
  const part = quoteLiteral(text.replaceAll(/[%*?^$\\]/g, ''))
  return [quoteLiteral(text), `${part} || g`, `g || ${part}`, `g || ${part} || g`]
}

function textOf(length: number): string {
  return `substr(replace(hex(zeroblob(${Math.min(length, 500)})), '0', 'x') || g, -${Math.max(length, 1)})`
}
