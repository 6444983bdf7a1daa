import type { ChangeBody } from '../change.ts'
import { nameKey } from '../names.ts'
import type { Table } from '../table.ts'
import { columnChanges } from './columns.ts'
import { type Comparison, nameOf } from './comparison.ts'
import { addedConstraints, constraintChanges, dropConstraint } from './constraints.ts'
import { createIndex, indexChanges, standsAlone } from './indexes.ts'

/** The changes of one table, by the time when they can be made. */
export interface TableChanges {
  readonly drops: readonly ChangeBody[]
  readonly columns: readonly ChangeBody[]
  readonly keys: readonly ChangeBody[]
  readonly foreignKeys: readonly ChangeBody[]
  readonly indexes: readonly ChangeBody[]
  readonly policies: readonly ChangeBody[]
}

/** Whether nothing leads from one table to the other, as far as it was found out before. */
export function areAlike(from: Table, to: Table): boolean {
  return from === to || alike.get(from)?.has(to) === true
}

/** What leads from the table of that name to this one. */
export function tableChanges(comparison: Comparison, to: Table): TableChanges {
  const from = comparison.from.tables.get(nameKey(to)) ?? to
  const constraints = constraintChanges(comparison, from, to)
  const indexes = indexChanges(comparison, from, to)
  const changes = {
    drops: [...constraints.drops, ...indexes.drops, ...droppedPolicies(from, to)],
    columns: columnChanges(comparison, from, to),
    keys: constraints.keys,
    foreignKeys: constraints.foreignKeys,
    indexes: indexes.creates,
    policies: [...rowSecurity(from, to), ...createdPolicies(from, to)],
  }
  if (comparison.unsure === 'leave' && Object.values(changes).every((list) => list.length === 0)) {
    alike.set(from, (alike.get(from) ?? new WeakSet()).add(to))
  }
  return changes
}

/** Tables that were found not to differ: the same two meet again at the next snapshot. */
const alike = new WeakMap<Table, WeakSet<Table>>()

/** A table that is not there yet, by the time when its parts can be made. */
export function createdTable(
  to: Table,
): Omit<TableChanges, 'drops' | 'columns'> & { readonly table: readonly ChangeBody[] } {
  const bare = { ...to, constraints: [], indexes: [], policies: [], rowSecurity: false }
  return {
    table: [
      {
        kind: 'CreateTable',
        table: nameOf(to),
        definition: bare,
        ifNotExists: false,
        fromQuery: false,
      },
    ],
    ...addedConstraints(to, to.constraints),
    indexes: to.indexes.filter(standsAlone).map((index) => createIndex(to, index)),
    policies: [...rowSecurity(bare, to), ...createdPolicies(bare, to)],
  }
}

/** Two tables that point at each other cannot be dropped one after the other. */
export function droppedForeignKeys(table: Table): readonly ChangeBody[] {
  return table.constraints
    .filter(({ type }) => type === 'foreign key')
    .map((key) => dropConstraint(nameOf(table), key))
}

function rowSecurity(from: Table, to: Table): readonly ChangeBody[] {
  return from.rowSecurity === to.rowSecurity
    ? []
    : [{ kind: 'SetRowSecurity', table: nameOf(to), enabled: to.rowSecurity }]
}

/** What a policy lets through is not compared. */
function createdPolicies(from: Table, to: Table): readonly ChangeBody[] {
  return to.policies
    .filter(({ name }) => !from.policies.some((policy) => policy.name === name))
    .map((policy) => ({ kind: 'CreatePolicy', table: nameOf(to), policy }))
}

function droppedPolicies(from: Table, to: Table): readonly ChangeBody[] {
  return from.policies
    .filter(({ name }) => !to.policies.some((policy) => policy.name === name))
    .map(({ name: policy }) => ({ kind: 'DropPolicy', table: nameOf(to), policy, ifExists: false }))
}
