import { type Catalog, findTable, relationExists } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { type QualifiedName, displayName, nameKey } from '../../../catalog/names.ts'
import { type Column, findColumn } from '../../../catalog/table.ts'
import type { Effects } from '../../effects.ts'
import type { EffectsBuilder } from './build.ts'

type SequenceChange = ChangeOf<
  'CreateSequence' | 'AlterSequence' | 'RenameSequence' | 'DropSequence'
>

/** What a change of a sequence costs: no table is locked, but there may be nothing to change. */
export function sequenceEffects(effects: EffectsBuilder, change: SequenceChange): Effects {
  const { before: catalog, sequence } = change
  switch (change.kind) {
    case 'CreateSequence':
      if (!change.ifNotExists) nameIsFree(effects, catalog, sequence)
      return effects.done()
    case 'RenameSequence':
      nameIsFree(effects, catalog, change.to)
      return effects.done()
    case 'AlterSequence':
      return effects.done()
    case 'DropSequence':
      return dropEffects(effects, change)
  }
}

function nameIsFree(effects: EffectsBuilder, catalog: Catalog, name: QualifiedName): void {
  if (!relationExists(catalog, name)) return
  effects.fails('42P07', `relation "${displayName(name)}" already exists`)
}

/** The sequence of an identity cannot be dropped at all; that of a default only with CASCADE. */
function dropEffects(effects: EffectsBuilder, change: ChangeOf<'DropSequence'>): Effects {
  const { before: catalog, sequence, cascade } = change
  const owner = catalog.sequences.get(nameKey(sequence))?.ownedBy
  const column = owner && findColumn(findTable(catalog, owner.table), owner.column)
  if (!owner || !column) return effects.done()
  const dependent = `column ${column.name} of table ${displayName(owner.table)}`
  const name = displayName(sequence)
  if (column.identity !== null) {
    effects.fails('2BP01', `cannot drop sequence ${name} because ${dependent} requires it`)
  } else if (drawsFrom(column, sequence)) {
    if (cascade) effects.lock(owner.table, 'AccessExclusive')
    else {
      effects.fails(
        '2BP01',
        `cannot drop sequence ${name} because other objects depend on it: default value for ${dependent}`,
      )
    }
  }
  return effects.done()
}

function drawsFrom({ serial, default: value }: Column, { name }: QualifiedName): boolean {
  if (serial) return true
  const isNext = value?.functions.some((call) => call.name === 'nextval') === true
  return (
    isNext && value.strings.some((text) => text.split('.').at(-1)?.replaceAll('"', '') === name)
  )
}
