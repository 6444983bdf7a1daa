import { findTable } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { displayName, nameKey, sameName } from '../../../catalog/names.ts'
import {
  type ForeignKeyConstraint,
  type Table,
  findColumn,
  findConstraint,
} from '../../../catalog/table.ts'
import { displayType } from '../../../catalog/type.ts'
import type { RunError } from '../../effects.ts'
import { indexFor } from '../settle.ts'
import { isWhole, missingColumn, noColumn, noTable } from './existence.ts'
import { areComparable } from './keyColumns.ts'
import {
  BUILD,
  NOTHING,
  type Outcome,
  always,
  failing,
  onSomeRows,
  withErrors,
  withLosses,
} from './outcome.ts'
import { type Server, isFrom } from './server.ts'
import { copied } from './typeChange.ts'

export function addForeignKey(
  change: ChangeOf<'AddForeignKey'> | ChangeOf<'AlterForeignKey'>,
  server: Server,
): Outcome {
  const { before, after, table, key } = change
  // MySQL before 9.0 reads REFERENCES in a column's definition and makes nothing of it.
  const isIgnored =
    change.kind === 'AddForeignKey' &&
    change.withColumn !== null &&
    !server.mariadb &&
    server.version !== null &&
    server.version < 900
  if (isIgnored) return NOTHING
  const missing = noTable(before, table) ?? noColumn(after, table, key.columns, 1072)
  if (missing) return failing(missing)
  const known = findTable(before, table)
  if (change.kind === 'AddForeignKey' && findConstraint(known, key.name)) {
    const message = `Duplicate foreign key constraint name '${key.name}'`
    return failing(always('object-exists', 1826, message))
  }
  const refused = refusedKey(change, findTable(after, table), server)
  if (refused) return failing(refused)
  if (isEmpty(before, table)) return NOTHING
  if (before.foreignKeysOff) {
    // The index that the key needs is built, if there is none.
    const work = known && indexFor(known, key.columns) === undefined ? BUILD : NOTHING
    return withLosses(work, { why: 'unchecked', table, columns: key.columns })
  }
  const work = copied(server)
  // A column that the deployment adds and nobody has filled refers to nothing.
  const isUnset = key.columns.some((column) => {
    const own = findColumn(known, column)
    return (
      own?.createdIn === before.deployment &&
      own.default === null &&
      own.writtenIn !== before.deployment &&
      !own.notNull
    )
  })
  if (isUnset || ('withColumn' in change && change.withColumn !== null)) return work
  const message = `Cannot add or update a child row: a foreign key constraint fails (${key.name})`
  return withErrors(work, onSomeRows('dangling-reference', 1452, message))
}

/** What the server refuses of a foreign key, whatever stands in the tables. */
export function refusedKey(
  { after, key, table }: Pick<ChangeOf<'AddForeignKey'>, 'after' | 'key' | 'table'>,
  child: Table | undefined,
  server: Server,
): RunError | null {
  const { columns, references, referencedColumns } = key
  if (columns.length !== referencedColumns.length) {
    const message = `Incorrect foreign key definition for '${key.name}': Key reference and table reference don't match`
    return always('invalid-definition', 1239, message)
  }
  const emptied = columns.find((column) => findColumn(child, column)?.notNull)
  const isEmptied = key.onDelete === 'set null' || key.onUpdate === 'set null'
  if (isEmptied && emptied !== undefined) {
    return refusal(
      server,
      1830,
      `Column '${emptied}' cannot be NOT NULL: needed in a foreign key constraint '${key.name}' SET NULL`,
    )
  }
  const checked = actsOn(key).find((column) => isChecked(child, column))
  if (checked !== undefined) return actedCheck(checked, key.name, server)
  const parent = findTable(after, references)
  if (parent === undefined) {
    if (after.blind || after.foreignKeysOff || !after.gone.has(nameKey(references))) return null
    return refusal(server, 1824, `Failed to open the referenced table '${displayName(references)}'`)
  }
  if (!isWhole(after, parent)) return null
  const missing = missingColumn(after, references, referencedColumns)
  if (missing !== undefined) {
    const message = `Failed to add the foreign key constraint. Missing column '${missing}' for constraint '${key.name}' in the referenced table '${displayName(references)}'`
    return refusal(server, 3734, message)
  }
  for (const [position, column] of columns.entries()) {
    const own = findColumn(child, column)?.type
    const other = findColumn(parent, referencedColumns[position] ?? '')?.type
    if (own === undefined || other === undefined || areComparable(own, other)) continue
    const names = `Referencing column '${column}' (${displayType(own)}) and referenced column '${referencedColumns[position]}' (${displayType(other)})`
    return refusal(
      server,
      3780,
      `${names} in foreign key constraint '${key.name}' are incompatible`,
    )
  }
  return unkeyed(parent, key, server, sameName(references, table))
}

/** The columns pointed at have an index that begins with them; a unique one from MySQL 8.4 on. */
function unkeyed(
  parent: Table,
  { name, referencedColumns: columns }: ChangeOf<'AddForeignKey'>['key'],
  server: Server,
  isSelf: boolean,
): RunError | null {
  const index = indexFor(parent, columns)
  if (index === undefined) {
    const message = `Failed to add the foreign key constraint. Missing index for constraint '${name}' in the referenced table '${parent.name}'`
    return refusal(server, server.version !== null && server.version >= 804 ? 6125 : 1822, message)
  }
  if (server.mariadb || isSelf) return null
  // restrict_fk_on_non_standard_key, which is on from 8.4 on.
  const isOlder = server.version !== null && !isFrom(server, 804)
  const isUnique = parent.indexes.some(
    ({ unique, prefixes, columns: own }) =>
      unique &&
      !prefixes &&
      own.length === columns.length &&
      own.every((one) => one !== null && columns.includes(one)),
  )
  if (isOlder || isUnique) return null
  const message = `Failed to add the foreign key constraint. Missing unique key for constraint '${name}' in the referenced table '${parent.name}'`
  return always('invalid-definition', 6125, message)
}

/** MariaDB answers all of them with one number. */
function refusal({ mariadb }: Server, code: number, message: string): RunError {
  return always(
    'invalid-definition',
    mariadb ? 1005 : code,
    mariadb
      ? `Can't create table (errno: 150 "Foreign key constraint is incorrectly formed"): ${message}`
      : message,
  )
}

export function addCheck(change: ChangeOf<'AddCheck'>, server: Server): Outcome {
  const { before, after, table, constraint, expression, enforced, withColumn } = change
  const missing = noTable(before, table) ?? noColumn(after, table, expression.columns)
  if (missing) return failing(missing)
  if (!enforced && server.mariadb) {
    return failing(always('syntax', 1064, 'MariaDB does not know NOT ENFORCED'))
  }
  const refused = countedCheck(findTable(after, table), constraint, expression.columns, server)
  if (refused) return failing(refused)
  const acted = (findTable(after, table)?.constraints ?? []).find(
    (key) =>
      key.type === 'foreign key' &&
      actsOn(key).some((column) => expression.columns.includes(column)),
  )
  if (acted) return failing(actedCheck(expression.columns.join(', '), acted.name, server))
  if (findConstraint(findTable(before, table), constraint)) {
    const message = `Duplicate check constraint name '${constraint}'`
    return failing(always('object-exists', 3822, message))
  }
  if (!enforced) return NOTHING
  if (withColumn !== null) {
    const column = findColumn(findTable(after, table), withColumn)
    const work = server.mariadb ? NOTHING : copied(server)
    return isEmpty(before, table) || column?.default === null
      ? work
      : withErrors(work, violated(change, server))
  }
  const work = copied(server)
  return isEmpty(before, table) ? work : withErrors(work, violated(change, server))
}

/** The columns that a foreign key changes by itself in the row that points. */
function actsOn({ columns, onDelete, onUpdate }: ForeignKeyConstraint): readonly string[] {
  const isActive = onUpdate === 'cascade' || [onDelete, onUpdate].includes('set null')
  return isActive ? columns : []
}

function isChecked(table: Table | undefined, column: string): boolean {
  return (table?.constraints ?? []).some(
    (one) => one.type === 'check' && one.expression.columns.includes(column),
  )
}

/** No check looks at a column that a foreign key changes. */
function actedCheck(column: string, key: string, { mariadb }: Server): RunError {
  return always(
    'invalid-definition',
    mariadb ? 1901 : 3823,
    `Column '${column}' cannot be used in a check constraint: needed in the referential action of foreign key constraint '${key}'`,
  )
}

function violated({ constraint }: ChangeOf<'AddCheck'>, { mariadb }: Server): RunError {
  const message = mariadb
    ? `CONSTRAINT \`${constraint}\` failed`
    : `Check constraint '${constraint}' is violated.`
  return onSomeRows('check-violation', mariadb ? 4025 : 3819, message)
}

/** A check cannot look at a column that counts by itself. */
export function countedCheck(
  table: Table | undefined,
  name: string,
  columns: readonly string[],
  { mariadb }: Server,
): RunError | null {
  const counted = columns.find((column) => findColumn(table, column)?.autoIncrement)
  if (counted === undefined) return null
  return mariadb
    ? always(
        'invalid-definition',
        1901,
        `Function or expression 'AUTO_INCREMENT' cannot be used in the CHECK clause of '${name}'`,
      )
    : always(
        'invalid-definition',
        3818,
        `Check constraint '${name}' cannot refer to an auto-increment column ('${counted}').`,
      )
}

/** `ALTER CHECK … ENFORCED` looks at every row. */
export function alterConstraint(change: ChangeOf<'AlterConstraint'>, server: Server): Outcome {
  const { before, table, constraint, enforced } = change
  if (server.mariadb) return failing(always('syntax', 1064, 'MariaDB does not know ALTER CHECK'))
  const missing = noTable(before, table)
  if (missing || enforced !== true || isEmpty(before, table)) return failing(missing)
  const message = `Check constraint '${constraint}' is violated.`
  return withErrors(copied(server), onSomeRows('check-violation', 3819, message))
}
