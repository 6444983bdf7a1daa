import { findTable, findView, tablesWithTriggers } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { displayName } from '../../../catalog/names.ts'
import { nameTaken, noTable } from './existence.ts'
import { NOTHING, type Outcome, always, failing } from './outcome.ts'

export function createView({ before, view, ifNotExists }: ChangeOf<'CreateView'>): Outcome {
  if (ifNotExists && (findView(before, view) || findTable(before, view))) return NOTHING
  return failing(nameTaken(before, view, 'view'))
}

export function dropView({ before, view, ifExists }: ChangeOf<'DropView'>): Outcome {
  if (findTable(before, view)) {
    return failing(always('unsupported', `use DROP TABLE to delete table ${displayName(view)}`))
  }
  if (ifExists || findView(before, view)) return NOTHING
  return failing(noTable(before, view))
}

export function createTrigger(change: ChangeOf<'CreateTrigger'>): Outcome {
  const { before, table, trigger, ifNotExists } = change
  const isTaken = tablesWithTriggers(before).some(({ triggers }) =>
    triggers.some(({ name }) => name === trigger),
  )
  const taken =
    isTaken && !ifNotExists ? always('object-exists', `trigger ${trigger} already exists`) : null
  return failing(taken ?? noTable(before, table))
}

export function dropTrigger({
  before,
  table,
  trigger,
  ifExists,
}: ChangeOf<'DropTrigger'>): Outcome {
  const isKnown = findTable(before, table)?.triggers.some(({ name }) => name === trigger)
  const canTell = !before.blind && [...before.tables.values()].every(({ complete }) => complete)
  if (isKnown || ifExists || !canTell) return NOTHING
  return failing(always('missing-object', `no such trigger: ${trigger}`))
}
