import { columnsOfType } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { TypeChange } from '../../../catalog/change/types.ts'
import { displayName, nameKey } from '../../../catalog/names.ts'
import type { DataType } from '../../../catalog/type.ts'
import type { Effects } from '../../effects.ts'
import { EffectsBuilder } from './build.ts'
import { brokenComparison } from './operators.ts'

/** What a change of an enum, a domain or another named type costs. */
export function namedTypeEffects(change: ChangeOf<TypeChange['kind']>): Effects {
  const { before: catalog, type } = change
  const effects = new EffectsBuilder(catalog)
  switch (change.kind) {
    case 'CreateEnum':
    case 'CreateDomain':
      if (catalog.enums.has(nameKey(type)) || catalog.domains.has(nameKey(type))) {
        effects.fails('42710', `type "${displayName(type)}" already exists`)
      }
      return effects.done()
    case 'AddEnumValue': {
      const labels = catalog.enums.get(nameKey(type))?.labels ?? []
      if (labels.includes(change.label) && !change.ifNotExists) {
        effects.fails('42710', `enum label "${change.label}" already exists`)
      }
      return effects.done()
    }
    case 'AddDomainConstraint':
    case 'ValidateDomainConstraint':
      if (change.kind === 'AddDomainConstraint' && !change.valid) return effects.done()
      for (const { table, column } of columnsOfType(catalog, type)) {
        effects
          .lock(table, 'Share')
          .scan(table)
          .mayFail(
            table,
            '23514',
            `column "${column.name}" of table "${displayName(table)}" contains values that violate the new constraint`,
          )
      }
      return effects.done()
    case 'RecreateEnum':
      return recreateEffects(effects, change)
    case 'DropType':
      return dropEffects(effects, change)
    case 'RenameEnumValue':
    case 'CreateType':
    case 'RenameType':
      return effects.done()
  }
}

const PLAIN = { modifiers: [], dimensions: 0, collation: null } as const
const TEXT: DataType = { ...PLAIN, schema: null, name: 'text' }

/** By way of text and back: every column's table is rewritten twice. */
function recreateEffects(effects: EffectsBuilder, change: ChangeOf<'RecreateEnum'>): Effects {
  const [lost] = change.from.filter((label) => !change.labels.includes(label))
  for (const { table, column } of change.columns) {
    effects.lock(table, 'AccessExclusive').rewrite(table)
    const broken = brokenComparison(
      change.before,
      table,
      column,
      { ...PLAIN, ...change.type },
      TEXT,
    )
    if (broken) effects.fails('42883', broken)
    if (lost === undefined) continue
    effects.mayFail(
      table,
      '22P02',
      `invalid input value for enum ${displayName(change.type)}: "${lost}"`,
    )
  }
  return effects.done()
}

function dropEffects(effects: EffectsBuilder, change: ChangeOf<'DropType'>): Effects {
  const { before: catalog, type } = change
  const known = catalog.enums.has(nameKey(type)) || catalog.domains.has(nameKey(type))
  if (!known && catalog.gone.has(nameKey(type)) && !catalog.blind && !change.ifExists) {
    effects.fails('42704', `type "${displayName(type)}" does not exist`)
  }
  const used = columnsOfType(catalog, type)
  if (change.cascade) {
    for (const { table } of used) effects.lock(table, 'AccessExclusive')
  } else if (used.length > 0) {
    const columns = used.map(({ table, column }) => `${displayName(table)}.${column.name}`)
    effects.fails(
      '2BP01',
      `cannot drop type ${displayName(type)} because other objects depend on it: ${columns.join(', ')}`,
    )
  }
  return effects.done()
}
