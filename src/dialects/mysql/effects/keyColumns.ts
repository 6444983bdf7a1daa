import { findTable, referencesTo } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { DataType } from '../../../catalog/type.ts'
import { displayName } from '../../../catalog/names.ts'
import type { RunError } from '../../effects.ts'
import { always } from './outcome.ts'
import type { Server } from './server.ts'
import { baseOf, familyOf } from './typeFacts.ts'

/** Both columns of a foreign key are of one type; strings may differ in length. */
export function areComparable(a: DataType, b: DataType): boolean {
  if (familyOf(a) === 'characters' && familyOf(b) === 'characters') {
    return (
      (a.charset ?? b.charset) === (b.charset ?? a.charset) &&
      (a.collation ?? b.collation) === (b.collation ?? a.collation)
    )
  }
  if (familyOf(a) === 'bytes' && familyOf(b) === 'bytes') return true
  if (familyOf(a) === 'integer' || familyOf(b) === 'integer') return a.name === b.name
  return baseOf(a) === baseOf(b)
}

/** A column at either end of a foreign key cannot get another type by itself. */
export function keyColumnChange(
  { before, table, column, from, to }: ChangeOf<'AlterColumnType'>,
  { mariadb }: Server,
): RunError | null {
  if (from === null || areComparable(from, to) || before.foreignKeysOff) return null
  const own = findTable(before, table)?.constraints.find(
    (key) => key.type === 'foreign key' && key.columns.includes(column),
  )
  if (own) {
    return mariadb
      ? always(
          'has-dependents',
          1832,
          `Cannot change column '${column}': used in a foreign key constraint '${own.name}'`,
        )
      : always(
          'has-dependents',
          3780,
          `Referencing column '${column}' in foreign key constraint '${own.name}' and the referenced column are incompatible`,
        )
  }
  const pointing = referencesTo(before, table).find(({ key }) =>
    key.referencedColumns.includes(column),
  )
  if (!pointing) return null
  const { key, table: child } = pointing
  return mariadb
    ? always(
        'has-dependents',
        1833,
        `Cannot change column '${column}': used in a foreign key constraint '${key.name}' of table '${displayName(child)}'`,
      )
    : always(
        'has-dependents',
        3780,
        `Referencing column '${key.columns.join(', ')}' and referenced column '${column}' in foreign key constraint '${key.name}' are incompatible`,
      )
}
