import { findTable } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { displayName } from '../../../catalog/names.ts'
import { findColumn, isKeyOn } from '../../../catalog/table.ts'
import { isRowid } from '../translate/columns.ts'
import { catalogOf, noColumn, noTable } from './existence.ts'
import { NOTHING, type Outcome, always, failing, onRows, onSomeRows } from './outcome.ts'
import type { Session } from '../../effects.ts'
import { foreignKeysAct } from './session.ts'

/** With a column, or by a rebuild: SQLite has no ADD CONSTRAINT for it. */
export function addForeignKey(change: ChangeOf<'AddForeignKey'>, session: Session): Outcome {
  const { before, table, key, withColumn } = change
  const unknown = noColumn(catalogOf(change), table, key.columns)
  if (unknown && before.tables.size > 0) {
    const name = key.columns.join(', ')
    return failing(always('missing-object', `unknown column "${name}" in foreign key definition`))
  }
  const { columns, referencedColumns } = key
  if (referencedColumns.length > 0 && columns.length !== referencedColumns.length) {
    const message =
      'number of columns in foreign key does not match the number of columns in the referenced table'
    return failing(always('unsupported', message))
  }
  if (isEmpty(before, table) || !foreignKeysAct(session, before)) return NOTHING
  if (change.folded.length > 0) {
    const message = `FOREIGN KEY constraint failed: ${displayName(table)}.${columns.join(', ')}`
    return failing(onSomeRows('dangling-reference', message))
  }
  const column = withColumn === null ? undefined : findColumn(findTable(before, table), withColumn)
  return column?.default
    ? failing(onRows('unsupported', 'Cannot add a REFERENCES column with non-NULL default value'))
    : NOTHING
}

export function addCheck(change: ChangeOf<'AddCheck'>): Outcome {
  const { before, table, expression, withColumn } = change
  const missing = noTable(before, table) ?? noColumn(catalogOf(change), table, expression.columns)
  if (missing) return failing(missing)
  if (isEmpty(before, table)) return NOTHING
  const column = withColumn === null ? undefined : findColumn(findTable(before, table), withColumn)
  if (column) {
    const isNull = column.default === null && column.generated === null
    return isNull && expression.provesNotNull.includes(column.name)
      ? failing(onRows('check-violation', 'CHECK constraint failed'))
      : column.default
        ? failing(onSomeRows('check-violation', 'CHECK constraint failed'))
        : NOTHING
  }
  return failing(onSomeRows('check-violation', `CHECK constraint failed: ${change.constraint}`))
}

/** ADD COLUMN takes neither. */
export function addKey(change: ChangeOf<'AddUnique' | 'AddPrimaryKey'>): Outcome {
  if (change.folded.length > 0) return keyByRebuild(change)
  const what = change.kind === 'AddUnique' ? 'UNIQUE' : 'PRIMARY KEY'
  return failing(always('unsupported', `Cannot add a ${what} column`))
}

function keyByRebuild(change: KeyByRebuild): Outcome {
  const { before, table, columns } = change
  if (isEmpty(before, table) || isUniqueAlready(change) || isNumbered(change)) return NOTHING
  const names = columns.map((column) => `${displayName(table)}.${column}`).join(', ')
  return failing(onSomeRows('duplicate', `UNIQUE constraint failed: ${names}`))
}

/** By an index on these columns, or a key on some of them: with more columns it stays unique. */
function isUniqueAlready({ before, table, columns }: KeyByRebuild): boolean {
  const known = findTable(before, table)
  const isPrimary = known?.constraints.some(
    (key) => key.type === 'primary key' && key.columns.every((column) => columns.includes(column)),
  )
  return isPrimary === true || known?.indexes.some((index) => isKeyOn(index, columns)) === true
}

/** The rowid under a new name, which the rebuild leaves to SQLite. */
function isNumbered({ folded, kind, columns, after, table }: KeyByRebuild): boolean {
  const rebuild = folded.find((part) => part.kind === 'RebuildTable')
  const [only = '', ...others] = columns
  const column = findColumn(findTable(after, table), only)
  const isAlias = kind === 'AddPrimaryKey' && others.length === 0 && column && isRowid(column.type)
  return (
    isAlias === true && rebuild?.copy.columns.some((copied) => copied.column === only) === false
  )
}

type KeyByRebuild = ChangeOf<'AddUnique' | 'AddPrimaryKey'>

export function dropConstraint({ before, table, constraint }: ChangeOf<'DropConstraint'>): Outcome {
  const known = findTable(before, table)
  const isKnown = known?.constraints.some(({ name }) => name === constraint)
  const missing =
    known?.complete && !isKnown && !before.blind
      ? always('missing-object', `no such constraint: ${constraint}`)
      : null
  return failing(noTable(before, table) ?? missing)
}
