import { findTable } from '../../catalog/catalog.ts'
import type { Change, ChangeOf } from '../../catalog/change.ts'
import { nameKey } from '../../catalog/names.ts'
import { type ForeignKeyConstraint, findConstraint } from '../../catalog/table.ts'

/**
 * A foreign key that is dropped and made again with another action, and a primary key that one statement
 * drops and makes again, become one change each.
 */
export function fold(changes: readonly Change[]): readonly Change[] {
  const result: (Change | null)[] = [...changes]
  /** Where keys were dropped that have not come back, the latest last. */
  const dropped = new Map<string, number[]>()
  for (const [position, change] of changes.entries()) {
    const term = termOf(change)
    if (term === null) continue
    if (change.kind === 'DropConstraint') {
      dropped.set(term, [...(dropped.get(term) ?? []), position])
      continue
    }
    const earlier = dropped.get(term)?.pop()
    const first = earlier === undefined ? undefined : changes[earlier]
    if (earlier === undefined || first?.kind !== 'DropConstraint') continue
    result[earlier] = null
    result[position] = remade(first, change)
  }
  return result.filter((change) => change !== null)
}

/** What a key has in common with the one that takes its place. */
function termOf(change: Change): string | null {
  switch (change.kind) {
    case 'DropConstraint': {
      const key = droppedKey(change)
      if (key) return foreignKeyTerm(change.table, key)
      return change.constraint === 'PRIMARY' ? primaryKeyTerm(change) : null
    }
    case 'AddForeignKey':
      return foreignKeyTerm(change.table, change.key)
    case 'AddPrimaryKey':
      return primaryKeyTerm(change)
    default:
      return null
  }
}

function foreignKeyTerm(
  table: ChangeOf<'AddForeignKey'>['table'],
  { columns, references }: ForeignKeyConstraint,
): string {
  return [nameKey(table), columns.join(), nameKey(references)].join('\n')
}

function primaryKeyTerm({ table, origin }: ChangeOf<'AddPrimaryKey' | 'DropConstraint'>): string {
  return `${nameKey(table)}\n${origin.statement}`
}

function droppedKey(change: ChangeOf<'DropConstraint'>): ForeignKeyConstraint | null {
  const key = findConstraint(findTable(change.before, change.table), change.constraint)
  return key?.type === 'foreign key' ? key : null
}

/** The catalog before the drop, and after the new one. */
function remade(dropped: ChangeOf<'DropConstraint'>, made: Change): Change {
  const folded = [dropped, made]
  const { before } = dropped
  const from = droppedKey(dropped)
  if (made.kind !== 'AddForeignKey' || from === null) return { ...made, before, folded }
  const { table, constraint, key, after, origin } = made
  return { kind: 'AlterForeignKey', table, constraint, from, key, before, after, origin, folded }
}
