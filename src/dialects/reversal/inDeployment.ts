import { findIndex, findTable } from '../../catalog/catalog.ts'
import type { Change } from '../../catalog/change.ts'
import { holds } from '../../catalog/holds.ts'
import { type QualifiedName, displayName, nameKey } from '../../catalog/names.ts'
import { type Subject, subjectKey, subjectOf } from '../../catalog/subject.ts'
import { findConstraint } from '../../catalog/table.ts'
import { byHand, NOTHING, type Reversal } from './reversal.ts'

/**
 * How each of several changes is undone when all of them are, the last one first: what no statement
 * brings back, none can alter or drop either, and what is made and dropped on the way was never there.
 *
 * @param reversalOf - how one change alone is undone
 * @returns in the order of the changes
 */
export function reversalsIn(
  changes: readonly Change[],
  reversalOf: (change: Change) => Reversal,
): readonly Reversal[] {
  const reversals = changes.map(reversalOf)
  /** What is not there while the rest is undone, with the change that nothing takes back. */
  const lost = new Map<string, number>()
  const tables = new Map<string, number>()
  for (let at = changes.length - 1; at >= 0; at--) {
    const change = changes[at]!
    const table = tableOf(change)
    const subject = subjectOf(change)
    const key = subject && subjectKey(subject)
    if (change.kind === 'RenameTable' || change.kind === 'SetTableSchema') {
      const by = tables.get(nameKey(change.to))
      if (by === undefined) continue
      reversals[at] = NOTHING
      tables.delete(nameKey(change.to))
      tables.set(nameKey(change.table), by)
      continue
    }
    const known = table ? tables.get(nameKey(table)) : undefined
    const by = known ?? (key === null ? undefined : lost.get(key))
    if (by !== undefined) {
      reversals[at] = NOTHING
      const old = oldName(change)
      if (old && key !== null) {
        lost.delete(key)
        lost.set(subjectKey(old), by)
        continue
      }
      const isMade = subject !== null && !holds(change.before, subject)
      if (!isMade || (known !== undefined && change.kind !== 'CreateTable')) continue
      // It came and went with this deployment.
      reversals[by] = NOTHING
      if (key !== null) lost.delete(key)
      if (known !== undefined && table) tables.delete(nameKey(table))
      continue
    }
    const target = referenceOf(change)
    if (target && tables.has(nameKey(target))) {
      reversals[at] =
        change.kind === 'AddForeignKey'
          ? NOTHING
          : byHand(`the foreign keys to ${displayName(target)}, once it is back`)
      continue
    }
    if (subject === null || key === null || !isDropped(change, subject)) continue
    if (reversals[at]!.kind === 'statements') continue
    if (change.kind === 'DropTable') tables.set(nameKey(change.table), at)
    else lost.set(key, at)
  }
  return reversals
}

/** What a view or a type was called before. */
function oldName(change: Change): Subject | null {
  if (change.kind === 'RenameView') return { kind: 'view', table: null, name: change.view }
  return change.kind === 'RenameType' ? { kind: 'enum', table: null, name: change.type } : null
}

function isDropped({ before, after }: Change, subject: Subject): boolean {
  return holds(before, subject) && !holds(after, subject)
}

/** The table that a change is about, or that its object stands on. */
function tableOf(change: Change): QualifiedName | null {
  if (change.kind === 'RenameIndex') {
    const on = findIndex(change.before, change.index)?.on
    return on ? { schema: on.schema, name: on.name } : null
  }
  return 'table' in change && change.table !== null ? (change.table ?? null) : null
}

/** The table that a foreign key points at which comes or goes. */
function referenceOf(change: Change): QualifiedName | null {
  if (change.kind === 'AddForeignKey') return change.key.references
  if (change.kind !== 'DropConstraint') return null
  const had = findConstraint(findTable(change.before, change.table), change.constraint)
  return had?.type === 'foreign key' ? had.references : null
}
