import { findTable, findView, referencesTo } from '../../../catalog/catalog.ts'
import type { Change, ChangeOf } from '../../../catalog/change.ts'
import { isEmpty, isNewColumn } from '../../../catalog/newness.ts'
import { displayName } from '../../../catalog/names.ts'
import { type Index, type Table, findColumn, findConstraint } from '../../../catalog/table.ts'
import type { RunError } from '../../effects.ts'
import { sameWord } from '../../ddl/translation.ts'
import { indexFor } from '../settle.ts'
import { wrongAutoKey } from './columns.ts'
import { isWhole, noColumn, noTable } from './existence.ts'
import {
  BUILD,
  NOTHING,
  type Outcome,
  REBUILD,
  always,
  failing,
  onSomeRows,
  withErrors,
} from './outcome.ts'
import type { Server } from './server.ts'
import { copied } from './typeChange.ts'
import { isLarge, keyBytes } from './typeFacts.ts'

/** What an InnoDB index of the format DYNAMIC holds of a row. */
const LONGEST_KEY = 3072

export function createIndex(change: ChangeOf<'CreateIndex'>, server: Server): Outcome {
  const { before, table, index } = change
  const known = findTable(before, table)
  if (findView(before, table)) {
    const message = `'${displayName(table)}' is not of type 'BASE TABLE'`
    return failing(always('unsupported', 1347, message))
  }
  const columns = [...index.columns.flatMap((name) => name ?? []), ...index.expressionColumns]
  const missing = noTable(before, table) ?? noColumn(before, table, columns, 1072)
  if (missing) return failing(missing)
  if (known?.indexes.some((other) => sameWord(other.name, index.name) && !other.implicit)) {
    return change.ifNotExists
      ? NOTHING
      : failing(always('object-exists', 1061, `Duplicate key name '${index.name}'`))
  }
  const isComputed = index.columns.includes(null)
  if (isComputed && server.mariadb) {
    return failing(
      always('syntax', 1064, 'MariaDB has no indexes on expressions; index a generated column'),
    )
  }
  const refused = known && refusedKey(known, index, server)
  if (refused) return failing(refused)
  const isSpecial = index.method !== 'btree'
  const work: Outcome = isHashed(known, index, server)
    ? copied(server)
    : { ...BUILD, work: isSpecial ? 'rebuild' : 'build', blocksWrites: isSpecial || isComputed }
  if (!index.unique || isEmpty(before, table) || isUnique(change, known)) return work
  const message = `Duplicate entry for key '${displayName(table)}.${index.name}'`
  return withErrors(work, onSomeRows('duplicate', 1062, message))
}

/** What MySQL refuses of an index, whatever stands in the table. */
export function refusedKey(
  table: Pick<Table, 'columns'>,
  { columns, prefixes, name, method, unique }: Index,
  { mariadb }: Server,
): RunError | null {
  if (method !== 'btree') return null
  let bytes = 0
  for (const [position, column] of columns.entries()) {
    const type = table.columns.find((one) => one.name === column)?.type
    if (type === undefined) continue
    const prefix = prefixes?.[position] ?? null
    if (isLarge(type) && prefix === null) {
      if (mariadb) return null
      const why =
        type.name === 'json'
          ? `JSON column '${column}' supports indexing only via generated columns on a specified JSON path`
          : `BLOB/TEXT column '${column}' used in key specification without a key length`
      return always('invalid-definition', type.name === 'json' ? 3152 : 1170, why)
    }
    bytes += keyBytes(type, prefix) ?? 8
  }
  if (bytes <= LONGEST_KEY || (mariadb && !unique)) return null
  const reason = `Specified key was too long; max key length is ${LONGEST_KEY} bytes (index ${name}: ${bytes})`
  return always('invalid-definition', 1071, reason)
}

/** MariaDB keeps a unique TEXT by a hidden column with its hash, which takes a copy. */
function isHashed(table: Table | undefined, index: Index, { mariadb }: Server): boolean {
  const isWhole = (name: string | null, position: number) => {
    const column = name === null ? undefined : findColumn(table, name)
    return column !== undefined && isLarge(column.type) && !index.prefixes?.[position]
  }
  return mariadb && index.unique && index.columns.some(isWhole)
}

/** Whether there can be no duplicates: another key keeps them out, or there is nothing but NULL. */
function isUnique(
  { before, table, index }: ChangeOf<'CreateIndex'>,
  known: Table | undefined,
): boolean {
  const isProved = known?.indexes.some(
    (other) =>
      other.unique &&
      !other.prefixes &&
      other.columns.every((column) => column !== null && index.columns.includes(column)),
  )
  return isProved === true || index.columns.some((name) => holdsNulls(before, table, name))
}

/** A column that this deployment added and has not filled holds nothing but NULL. */
function holdsNulls(
  before: Change['before'],
  table: ChangeOf<'CreateIndex'>['table'],
  name: string | null,
): boolean {
  if (name === null || !isNewColumn(before, table, name)) return false
  const column = findColumn(findTable(before, table), name)
  return (
    column !== undefined &&
    !column.notNull &&
    column.default === null &&
    column.generated === null &&
    column.writtenIn !== before.deployment
  )
}

export function dropIndex({ before, table, index, ifExists }: ChangeOf<'DropIndex'>): Outcome {
  if (table === null) return NOTHING
  const known = findTable(before, table)
  const missing = noTable(before, table)
  if (missing) return failing(missing)
  const found = known?.indexes.find(({ name }) => name === index.name)
  if (found === undefined) {
    if (!isWhole(before, known) || ifExists) return NOTHING
    const message = `Can't DROP '${index.name}'; check that column/key exists`
    return failing(always('missing-object', 1091, message))
  }
  return failing(known && neededIndex(before, known, found))
}

/** A foreign key cannot be without an index, at neither end. */
function neededIndex(before: Change['before'], table: Table, index: Index): RunError | null {
  if (before.foreignKeysOff) return null
  const indexes = table.indexes.filter((other) => other !== index)
  const serves = (columns: readonly string[]) =>
    indexFor({ indexes: [index] }, columns) !== undefined &&
    indexFor({ indexes }, columns) === undefined
  const own = table.constraints.find((key) => key.type === 'foreign key' && serves(key.columns))
  const pointing = referencesTo(before, table).find(({ key }) => serves(key.referencedColumns))
  if (!own && !pointing) return null
  return always(
    'has-dependents',
    1553,
    `Cannot drop index '${index.name}': needed in a foreign key constraint (${own?.name ?? pointing?.key.name ?? ''})`,
  )
}

export function addPrimaryKey(change: ChangeOf<'AddPrimaryKey'>): Outcome {
  const { before, after, table, columns, withColumn } = change
  const missing = noTable(before, table) ?? noColumn(after, table, columns, 1072)
  if (missing) return failing(missing)
  const known = findTable(before, table)
  const isReplaced = change.folded.length > 0
  if (!isReplaced && known?.constraints.some(({ type }) => type === 'primary key')) {
    return failing(always('object-exists', 1068, 'Multiple primary key defined'))
  }
  if (withColumn !== null && findColumn(findTable(after, table), withColumn)?.autoIncrement) {
    return NOTHING
  }
  if (isEmpty(before, table)) return REBUILD
  const name = `${displayName(table)}.PRIMARY`
  const isNullable = columns.some((column) => findColumn(known, column)?.notNull === false)
  const duplicates = onSomeRows('duplicate', 1062, `Duplicate entry for key '${name}'`)
  const nulls = onSomeRows('null-in-required', 1138, `Invalid use of NULL value in key '${name}'`)
  return withErrors(REBUILD, duplicates, isNullable && nulls)
}

export function dropConstraint(change: ChangeOf<'DropConstraint'>, server: Server): Outcome {
  const { before, after, table, constraint: name, ifExists } = change
  const missing = noTable(before, table)
  if (missing) return failing(missing)
  const known = findTable(before, table)
  const constraint = findConstraint(known, name)
  if (constraint === undefined) {
    if (!isWhole(before, known) || ifExists) return NOTHING
    return failing(
      server.mariadb || name === 'PRIMARY'
        ? always('missing-object', 1091, `Can't DROP '${name}'; check that column/key exists`)
        : always('missing-object', 3940, `Constraint '${name}' does not exist.`),
    )
  }
  if (constraint.type !== 'primary key') return NOTHING
  const counted = findTable(after, table)
  const auto = counted?.columns.find(({ autoIncrement }) => autoIncrement)
  const isKept = counted?.indexes.some(({ columns }) => columns[0] === auto?.name)
  if (auto && !isKept) return failing(wrongAutoKey())
  const index = known?.indexes.find((one) => one.constraint === name)
  const needed = known && index && neededIndex(before, known, index)
  return needed ? failing(needed) : copied(server)
}
