import { findTable } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { type Index, type Table, findColumn } from '../../../catalog/table.ts'
import { type DataType, displayType } from '../../../catalog/type.ts'
import type { Loss, RunError } from '../../effects.ts'
import { keyColumnChange } from './keyColumns.ts'
import {
  COPY,
  NOTHING,
  type Outcome,
  always,
  failing,
  onSomeRows,
  withErrors,
  withLosses,
} from './outcome.ts'
import { type Server, isFrom } from './server.ts'
import {
  baseOf,
  bytesOf,
  capacityOf,
  digitsOf,
  familyOf,
  integerBytes,
  isLarge,
  isUnsigned,
} from './typeFacts.ts'
import { noColumn, noTable } from './existence.ts'

/** MODIFY and CHANGE COLUMN to another type. */
export function alterColumnType(change: ChangeOf<'AlterColumnType'>, server: Server): Outcome {
  const { before, table, column, from, to } = change
  const missing = noTable(before, table) ?? noColumn(before, table, [column])
  if (missing) return failing(missing)
  const known = findTable(before, table)
  const hard = keyColumnChange(change, server) ?? indexOnLarge(known, column, to, server)
  if (hard) return failing(hard)
  if (from === null) return copied(server)
  const work = workOf(known, column, from, to, server)
  if (isEmpty(before, table)) return work
  const error = misfit(from, to, column)
  const loss = silentLoss(change, from, to)
  if (before.lenient && error) {
    return withLosses(work, { why: 'cut', table, columns: [column] })
  }
  return withLosses(withErrors(work, error), ...(loss ? [loss] : []))
}

/** MariaDB copies while writes go on from 11.2 on. */
export function copied(server: Server): Outcome {
  return { ...COPY, blocksWrites: !server.mariadb || !isFrom(server, 1102) }
}

function workOf(
  table: Table | undefined,
  column: string,
  from: DataType,
  to: DataType,
  server: Server,
): Outcome {
  if (isSameStorage(from, to)) {
    if (from.collation === to.collation) return NOTHING
    // The order in an index depends on the collation.
    return isIndexed(table, column) ? copied(server) : NOTHING
  }
  return isAppended(from, to) ? NOTHING : copied(server)
}

function isIndexed(table: Table | undefined, column: string): boolean {
  return table?.indexes.some(({ columns }) => columns.includes(column)) ?? false
}

/** Whether every value stays the bytes it is. */
function isSameStorage(from: DataType, to: DataType): boolean {
  if ((from.charset ?? 'utf8mb4') !== (to.charset ?? 'utf8mb4')) return false
  if (from.name !== to.name) return false
  if (from.labels || to.labels) return JSON.stringify(from.labels) === JSON.stringify(to.labels)
  if (from.modifiers.join() === to.modifiers.join()) return true
  return /^var(?:char|binary)$/.test(baseOf(to)) && isLonger(from, to)
}

/** A longer VARCHAR keeps the rows as they are, unless its length takes a second byte from then on. */
function isLonger(from: DataType, to: DataType): boolean {
  const [old, made] = [bytesOf(from) ?? 0, bytesOf(to) ?? 0]
  return made >= old && old <= 255 === made <= 255
}

/** Labels appended at the end, as long as their number takes no more bytes. */
function isAppended(from: DataType, to: DataType): boolean {
  if (from.name !== to.name || !from.labels || !to.labels) return false
  const { labels } = to
  const isPrefix = from.labels.every((label, position) => labels[position] === label)
  return isPrefix && labelBytes(from) === labelBytes(to)
}

function labelBytes({ name, labels = [] }: DataType): number {
  if (name === 'enum') return labels.length <= 255 ? 1 : 2
  const bytes = Math.ceil(labels.length / 8)
  return bytes > 4 ? 8 : bytes
}

/** MySQL indexes no TEXT without a length; MariaDB indexes its beginning. */
function indexOnLarge(
  table: Table | undefined,
  column: string,
  to: DataType,
  { mariadb }: Server,
): RunError | null {
  if (!isLarge(to) || mariadb) return null
  const from = findColumn(table, column)?.type
  const hit = table?.indexes.find((index) => holdsWhole(index, column))
  if (hit === undefined || hit.method === 'fulltext' || (from && isLarge(from))) return null
  return always(
    'invalid-definition',
    1170,
    `BLOB/TEXT column '${column}' used in key specification without a key length (index ${hit.name})`,
  )
}

function holdsWhole({ columns, prefixes }: Index, column: string): boolean {
  const position = columns.indexOf(column)
  return position >= 0 && (prefixes?.[position] ?? null) === null
}

/** What of the values does not fit the new type, so that a strict server refuses. */
function misfit(from: DataType, to: DataType, column: string): RunError | null {
  const [old, made] = [familyOf(from), familyOf(to)]
  const cut = onSomeRows('value-too-long', 1265, `Data truncated for column '${column}'`)
  const range = onSomeRows('value-out-of-range', 1264, `Out of range value for column '${column}'`)
  const invalid = (code: number, what: string) =>
    onSomeRows('invalid-value', code, `${what} for column '${column}'`)
  if (made === 'json') return old === 'json' ? null : invalid(3140, 'Invalid JSON text')
  if (made === 'list') {
    if (old === 'list' && from.labels?.every((label) => to.labels?.includes(label))) return null
    return invalid(1265, 'Data truncated')
  }
  if (made === 'characters' || made === 'bytes') return isShorter(from, to) ? cut : null
  const isNumber = made === 'integer' || made === 'decimal' || made === 'float'
  if (old === 'characters' || old === 'bytes' || old === 'json') {
    return isNumber || made === 'time'
      ? invalid(made === 'time' ? 1292 : 1366, `Incorrect ${displayType(to)} value`)
      : null
  }
  if (isNumber) return isNarrower(from, to) ? range : null
  const isToTimestamp = baseOf(to) === 'timestamp' && baseOf(from) !== 'timestamp'
  return made === 'time' && isToTimestamp ? invalid(1292, 'Incorrect datetime value') : null
}

/** Whether a text of the old type may be longer than the new one takes. */
function isShorter(from: DataType, to: DataType): boolean {
  const room = capacityOf(to)
  if (room === null) return false
  const old = capacityOf(from) ?? widthOf(from)
  return old > room
}

/** How many characters a value takes that becomes text. */
function widthOf(from: DataType): number {
  switch (familyOf(from)) {
    case 'integer':
      return { 1: 4, 2: 6, 3: 9, 4: 11, 8: 20 }[integerBytes(from)] ?? 20
    case 'decimal':
      return (from.modifiers[0] ?? 10) + 2
    case 'float':
      return 24
    case 'list':
      return Math.max(0, ...(from.labels ?? []).map(({ length }) => length))
    case 'time':
      return baseOf(from) === 'date' ? 10 : 19 + (digitsOf(from) > 0 ? digitsOf(from) + 1 : 0)
    default:
      return 0
  }
}

/** Whether a number of the old type may lie outside the new one. */
function isNarrower(from: DataType, to: DataType): boolean {
  const [old, made] = [rangeOf(from), rangeOf(to)]
  return old.low < made.low || old.high > made.high
}

function rangeOf(type: DataType): { readonly low: number; readonly high: number } {
  const unsigned = isUnsigned(type)
  switch (familyOf(type)) {
    case 'integer': {
      const bits = integerBytes(type) * 8
      return unsigned
        ? { low: 0, high: 2 ** bits - 1 }
        : { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 }
    }
    case 'decimal': {
      const high = 10 ** ((type.modifiers[0] ?? 10) - digitsOf(type))
      return { low: unsigned ? 0 : -high, high }
    }
    default:
      return { low: unsigned ? 0 : -Infinity, high: Infinity }
  }
}

/** What a strict server changes without an error: it rounds. */
function silentLoss(
  { table, column }: ChangeOf<'AlterColumnType'>,
  from: DataType,
  to: DataType,
): Loss | null {
  const [old, made] = [familyOf(from), familyOf(to)]
  const columns = [column]
  if (old === 'time' && made === 'time') {
    const isTimeLost = baseOf(to) === 'date' && baseOf(from) !== 'date'
    if (isTimeLost) return { why: 'cut', table, columns }
    return digitsOf(to) < digitsOf(from) ? { why: 'rounded', table, columns } : null
  }
  const hasFraction = old === 'float' || (old === 'decimal' && digitsOf(from) > 0)
  if (!hasFraction) return null
  if (made === 'integer') return { why: 'rounded', table, columns }
  if (made === 'decimal') {
    const isLess = old === 'float' || digitsOf(to) < digitsOf(from)
    return isLess ? { why: 'rounded', table, columns } : null
  }
  const isSingle = made === 'float' && baseOf(to) === 'float' && baseOf(from) !== 'float'
  return isSingle ? { why: 'rounded', table, columns } : null
}
