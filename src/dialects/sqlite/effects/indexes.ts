import { findIndex, findTable } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { isEmpty, isNew } from '../../../catalog/newness.ts'
import { displayName } from '../../../catalog/names.ts'
import { findColumn, indexColumns } from '../../../catalog/table.ts'
import { provesUnique } from '../fold/recreatedIndexes.ts'
import { nameTaken, noColumn, noTable } from './existence.ts'
import { NOTHING, type Outcome, always, failing, onSomeRows } from './outcome.ts'

export function createIndex(change: ChangeOf<'CreateIndex'>): Outcome {
  const { before, table, index, ifNotExists } = change
  const name = { schema: table.schema, name: index.name }
  const taken = nameTaken(before, name, 'index')
  if (taken && ifNotExists && findIndex(before, name)) return NOTHING
  const unknown = noTable(before, table) ?? noColumn(before, table, indexColumns(index))
  if (taken ?? unknown) return failing(taken ?? unknown)
  if (!index.unique || isEmpty(before, table) || isUnique(change)) return NOTHING
  const columns = index.columns.map((column) => `${displayName(table)}.${column ?? '…'}`).join(', ')
  return failing(onSomeRows('duplicate', `UNIQUE constraint failed: ${columns}`))
}

/** Whether there can be no duplicates: another index keeps them out, or there is nothing but NULL. */
function isUnique(change: ChangeOf<'CreateIndex'>): boolean {
  const others = findTable(change.before, change.table)?.indexes ?? []
  return others.some((other) => provesUnique(other, change.index)) || hasOnlyNulls(change)
}

/** NULLs are no duplicates: a column that this deployment added and has not filled holds nothing else. */
function hasOnlyNulls({ before, table, index }: ChangeOf<'CreateIndex'>): boolean {
  return index.columns.some((name) => {
    const column = name === null ? undefined : findColumn(findTable(before, table), name)
    return (
      column !== undefined &&
      isNew(before, column) &&
      column.default === null &&
      column.generated === null &&
      column.writtenIn !== before.deployment
    )
  })
}

export function dropIndex({ before, index, ifExists }: ChangeOf<'DropIndex'>): Outcome {
  const found = findIndex(before, index)
  if (found?.index.constraint) {
    const message = 'index associated with UNIQUE or PRIMARY KEY constraint cannot be dropped'
    return failing(always('unsupported', message))
  }
  if (found || ifExists || before.blind) return NOTHING
  const isIncomplete = [...before.tables.values()].some(({ complete }) => !complete)
  return isIncomplete ? NOTHING : failing(always('missing-object', `no such index: ${index.name}`))
}
