import { findTable } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { displayName } from '../../../catalog/names.ts'
import { isFilled, isNew } from '../../../catalog/newness.ts'
import { type Column, type Table, findColumn } from '../../../catalog/table.ts'
import type { Effects } from '../../effects.ts'
import { EffectsBuilder } from './build.ts'
import { requireColumn, requireTable } from './existence.ts'

/**
 * SET NOT NULL reads every row, unless a valid CHECK (or, from PostgreSQL 18 on, a valid NOT NULL
 * constraint) already proves that there is no NULL (`NotNullImpliedByRelConstraints`, tablecmds.c).
 */
export function setNotNullEffects(change: ChangeOf<'SetNotNull'>): Effects {
  const { before: catalog, table } = change
  const effects = new EffectsBuilder(catalog).lock(table, 'AccessExclusive')
  if (!requireTable(effects, catalog, table)) return effects.done()
  requireColumn(effects, catalog, table, change.column)
  const known = findTable(catalog, table)
  const column = findColumn(known, change.column)
  if (change.notValid || column?.notNull || isProvedNotNull(known, change.column)) {
    return effects.done()
  }
  effects.scan(table)
  const message = `column "${change.column}" of relation "${displayName(table)}" contains null values`
  if (known && column && isFilled(catalog, known, column)) {
    // What an UPDATE computes may be NULL again; a constant default is not.
    if (column.filledIn === catalog.deployment) effects.mayFail(table, '23502', message)
    return effects.done()
  }
  // A default that production has had for a while may have left no NULL behind; without one,
  // only the application can have filled the column, or an UPDATE here that says which rows.
  const touched = column?.writtenIn === catalog.deployment && known?.filledIn !== catalog.deployment
  if (column && (touched || hadDefault(change, column))) effects.mayFail(table, '23502', message)
  else effects.failsOnRows(table, '23502', message)
  return effects.done()
}

/** Whether a valid CHECK or NOT NULL constraint says that the column is never NULL. */
export function isProvedNotNull(table: Table | undefined, column: string): boolean {
  return (table?.constraints ?? []).some(
    (constraint) =>
      constraint.valid &&
      ((constraint.type === 'check' && constraint.expression.provesNotNull.includes(column)) ||
        (constraint.type === 'not null' && constraint.columns.includes(column))),
  )
}

function hadDefault(change: ChangeOf<'SetNotNull'>, column: Column): boolean {
  return (
    column.default !== null &&
    !isNew(change.before, column) &&
    column.defaultedIn !== change.before.deployment
  )
}

/** DROP NOT NULL. */
export function dropNotNullEffects(change: ChangeOf<'DropNotNull'>): Effects {
  const { before: catalog, table } = change
  const effects = new EffectsBuilder(catalog).lock(table, 'AccessExclusive')
  if (!requireTable(effects, catalog, table)) return effects.done()
  requireColumn(effects, catalog, table, change.column)
  const known = findTable(catalog, table)
  if (findColumn(known, change.column)?.identity) {
    effects.fails(
      '42601',
      `column "${change.column}" of relation "${displayName(table)}" is an identity column`,
    )
  } else if (
    known?.constraints.some(
      (constraint) =>
        constraint.type === 'primary key' && constraint.columns.includes(change.column),
    )
  ) {
    effects.fails('42P16', `column "${change.column}" is in a primary key`)
  }
  return effects.done()
}
