import { findTable, referencesTo } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { ConstraintChange } from '../../../catalog/change/constraint.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { displayName, sameName } from '../../../catalog/names.ts'
import { findColumn, findConstraint, indexBehind } from '../../../catalog/table.ts'
import type { Effects, Session } from '../../effects.ts'
import { holdsForNull, isAllNull } from './allNull.ts'
import { EffectsBuilder } from './build.ts'
import { alterForeignKeyEffects, addForeignKeyEffects } from './foreignKeys.ts'
import { addKeyEffects } from './keys.ts'
import { nameIsFree, requireConstraint, requireTable } from './existence.ts'

/** What a change of a constraint costs. */
export function constraintEffects(
  change: ChangeOf<ConstraintChange['kind']>,
  session: Session,
): Effects {
  const { before: catalog, table } = change
  if (change.kind === 'AddForeignKey') return addForeignKeyEffects(change, session)
  if (change.kind === 'AlterForeignKey') return alterForeignKeyEffects(change)
  if (change.kind === 'AddUnique' || change.kind === 'AddPrimaryKey') return addKeyEffects(change)
  const effects = new EffectsBuilder(catalog)
  if (!requireTable(effects, catalog, table)) return effects.done()
  switch (change.kind) {
    case 'AddCheck':
      effects.lock(table, 'AccessExclusive')
      nameIsFree(effects, catalog, table, change.constraint)
      if (change.valid && change.enforced) {
        effects.scan(table)
        const known = findTable(catalog, table)
        const message = `check constraint "${change.constraint}" is violated by some row`
        const refused = change.expression.provesNotNull.map((name) => findColumn(known, name))
        if (refused.some((column) => isAllNull(catalog, column))) {
          effects.failsOnRows(table, '23514', message)
        } else if (!holdsForNull(catalog, known, change.expression)) {
          effects.mayFail(table, '23514', message)
        }
      }
      return effects.done()
    case 'AddExclusion':
      return effects
        .lock(table, 'AccessExclusive')
        .build(table)
        .mayFail(table, '23P01', `could not create exclusion constraint "${change.constraint}"`)
        .done()
    case 'ValidateConstraint':
      return validateEffects(effects, change)
    case 'DropConstraint':
      return dropEffects(effects, change)
    case 'RenameConstraint':
      requireConstraint(effects, catalog, table, change.constraint)
      return effects.lock(table, 'AccessExclusive').done()
    case 'AlterConstraint':
      return alterEffects(effects, change)
  }
}

function validateEffects(effects: EffectsBuilder, change: ChangeOf<'ValidateConstraint'>): Effects {
  const { before: catalog, table } = change
  requireConstraint(effects, catalog, table, change.constraint)
  effects.lock(table, 'ShareUpdateExclusive')
  const constraint = findConstraint(findTable(catalog, table), change.constraint)
  if (constraint?.valid) return effects.done()
  effects.scan(table)
  if (constraint?.type === 'foreign key') {
    effects.lock(constraint.references, 'RowShare')
    if (!isEmpty(catalog, table)) effects.scan(constraint.references)
  }
  const code =
    constraint?.type === 'foreign key'
      ? '23503'
      : constraint?.type === 'not null'
        ? '23502'
        : '23514'
  return effects
    .mayFail(table, code, `constraint "${change.constraint}" is violated by some row`)
    .done()
}

function dropEffects(effects: EffectsBuilder, change: ChangeOf<'DropConstraint'>): Effects {
  const { before: catalog, table } = change
  effects.lock(table, 'AccessExclusive')
  if (!change.ifExists) requireConstraint(effects, catalog, table, change.constraint)
  const constraint = findConstraint(findTable(catalog, table), change.constraint)
  if (constraint?.type === 'foreign key') effects.lock(constraint.references, 'AccessExclusive')
  if (constraint?.type !== 'unique' && constraint?.type !== 'primary key') return effects.done()
  const target = findTable(catalog, table)
  const dependents = referencesTo(catalog, table).filter(
    ({ key }) => target && indexBehind(target, key)?.constraint === constraint.name,
  )
  for (const { table: holder } of dependents) effects.lock(holder, 'AccessExclusive')
  if (dependents.length > 0 && !change.cascade) {
    const names = dependents.map(
      ({ key, table: on }) => `constraint ${key.name} on table ${displayName(on)}`,
    )
    effects.fails(
      '2BP01',
      `cannot drop constraint ${change.constraint} on table ${displayName(table)} because other objects depend on it: ${names.join(', ')}`,
    )
  }
  return effects.done()
}

function alterEffects(effects: EffectsBuilder, change: ChangeOf<'AlterConstraint'>): Effects {
  const { before: catalog, table } = change
  requireConstraint(effects, catalog, table, change.constraint)
  effects.lock(table, 'AccessExclusive')
  const key = findConstraint(findTable(catalog, table), change.constraint)
  // The triggers on the other table go.
  if (change.enforced === false && key?.type === 'foreign key' && key.enforced) {
    effects.lock(key.references, 'AccessExclusive')
  }
  if (change.enforced === true && key?.type === 'foreign key' && !key.enforced) {
    effects.lock(key.references, 'ShareRowExclusive').scan(table)
    if (!sameName(key.references, table)) effects.scan(key.references)
  }
  return effects.done()
}
