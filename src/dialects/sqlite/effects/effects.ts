import type { Change } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import type { Effects, Session } from '../../effects.ts'
import { outcomeOf } from './outcomes.ts'

/**
 * What a change costs on SQLite, D1 and libSQL: the one place that knows. A transaction that writes
 * locks the whole database against other writers and nobody else, so that no lock belongs to a change
 * of its own.
 */
export function sqliteEffects(change: Change, session: Session): Effects {
  const { errors, losses } = outcomeOf(change, session)
  const tables = readInFull(change).filter((table) => !isEmpty(change.before, table))
  const isBuild = change.kind === 'CreateIndex'
  return {
    locks: [],
    rewrites: isBuild ? [] : tables,
    scans: tables,
    builds: isBuild ? tables : [],
    errors,
    losses,
    unless: null,
  }
}

/** Changes that read or write every row; all others write the schema alone. */
function readInFull(change: Change): readonly QualifiedName[] {
  switch (change.kind) {
    case 'RebuildTable':
    case 'CreateIndex':
      return [change.table]
    case 'DropColumn':
    case 'AlterColumnType':
      return change.folded.length > 0 ? [] : [change.table]
    case 'WriteRows':
      return change.everyRow ? [change.table] : []
    default:
      return []
  }
}
