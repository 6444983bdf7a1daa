import { findTable, relationExists } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { ColumnChange } from '../../../catalog/change/column.ts'
import { displayName } from '../../../catalog/names.ts'
import { findColumn } from '../../../catalog/table.ts'
import type { Effects, Session } from '../../effects.ts'
import { addColumnEffects } from './addColumn.ts'
import { alterColumnTypeEffects } from './alterColumnType.ts'
import { EffectsBuilder } from './build.ts'
import { cascadeLocks, columnDependents } from './dependents.ts'
import { requireColumn, requireTable } from './existence.ts'
import { IDENTITY_TYPE, canCount } from './identity.ts'
import { dropNotNullEffects, setNotNullEffects } from './notNull.ts'

/** What a change of a column costs. */
export function columnEffects(change: ChangeOf<ColumnChange['kind']>, session: Session): Effects {
  switch (change.kind) {
    case 'AddColumn':
      return addColumnEffects(change)
    case 'DropColumn':
      return dropColumnEffects(change)
    case 'AlterColumnType':
      return alterColumnTypeEffects(change, session)
    case 'SetNotNull':
      return setNotNullEffects(change)
    case 'DropNotNull':
      return dropNotNullEffects(change)
    case 'RenameColumn':
    case 'SetDefault':
    case 'DropDefault':
    case 'AddIdentity':
    case 'AlterIdentity':
    case 'DropIdentity':
    case 'SetExpression':
    case 'DropExpression':
    case 'AlterColumnAttributes':
      return briefEffects(change)
  }
}

/** DROP COLUMN: brief, but it takes a foreign key's lock on the referenced table too. */
function dropColumnEffects(change: ChangeOf<'DropColumn'>): Effects {
  const { before: catalog, table, column } = change
  const effects = new EffectsBuilder(catalog).lock(table, 'AccessExclusive')
  if (!requireTable(effects, catalog, table)) return effects.done()
  if (!change.ifExists) requireColumn(effects, catalog, table, column)
  for (const constraint of findTable(catalog, table)?.constraints ?? []) {
    if (constraint.type === 'foreign key' && constraint.columns.includes(column)) {
      effects.lock(constraint.references, 'AccessExclusive')
    }
  }
  const dependents = columnDependents(catalog, table, column)
  if (dependents.length > 0 && !change.cascade) {
    effects.fails(
      '2BP01',
      `cannot drop column ${column} of table ${displayName(table)} because other objects depend on it: ${dependents.join(', ')}`,
    )
  }
  if (change.cascade) cascadeLocks(effects, catalog, table, column)
  return effects.done()
}

type BriefChange = Exclude<
  ChangeOf<ColumnChange['kind']>,
  { kind: 'AddColumn' | 'DropColumn' | 'AlterColumnType' | 'SetNotNull' | 'DropNotNull' }
>

/** Changes that write the system catalog only, but for SET EXPRESSION. */
function briefEffects(change: BriefChange): Effects {
  const { before: catalog, table, column } = change
  const effects = new EffectsBuilder(catalog).lock(table, 'AccessExclusive')
  if (!requireTable(effects, catalog, table)) return effects.done()
  requireColumn(effects, catalog, table, column)
  const known = findColumn(findTable(catalog, table), column)
  const name = `column "${column}" of relation "${displayName(table)}"`
  if (change.kind === 'RenameColumn' && findColumn(findTable(catalog, table), change.to)) {
    effects.fails(
      '42701',
      `column "${change.to}" of relation "${displayName(table)}" already exists`,
    )
  }
  if (change.kind === 'AddIdentity' && known !== undefined) {
    const sequence = change.sequence ?? null
    // The sequence is made before the table is looked at, and counts in no other type.
    if (!canCount(catalog, known.type)) effects.fails('22023', IDENTITY_TYPE)
    else if (known.identity !== null)
      effects.fails('55000', `${name} is already an identity column`)
    else if (known.default !== null || known.serial) {
      effects.fails('55000', `${name} already has a default value`)
    } else if (!known.notNull) {
      effects.fails('55000', `${name} must be declared NOT NULL before identity can be added`)
    }
    if (sequence !== null && relationExists(catalog, sequence)) {
      effects.fails('42P07', `relation "${displayName(sequence)}" already exists`)
    }
  }
  if (change.kind === 'SetDefault' || change.kind === 'DropDefault') {
    if (known?.identity) effects.fails('42601', `${name} is an identity column`)
    else if (known?.generated) effects.fails('42601', `${name} is a generated column`)
  }
  if (change.kind === 'SetExpression') {
    if (known?.generated?.stored !== false) effects.rewrite(table)
  }
  return effects.done()
}
