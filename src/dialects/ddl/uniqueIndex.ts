import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { findConstraint } from '../../catalog/table.ts'

/**
 * A change as dialects make it that know no unique constraint of a table that is there, but unique
 * indexes.
 */
export function asIndex(before: Catalog, change: ChangeBody): readonly ChangeBody[] {
  if (change.kind === 'AddUnique') {
    const { table, constraint, columns } = change
    if (findTable(before, table) === undefined) return [change]
    const index = {
      name: constraint,
      method: 'btree',
      unique: true,
      nullsNotDistinct: false,
      columns,
      included: [],
      expressionColumns: [],
      predicate: null,
      constraint: null,
      createdIn: before.deployment,
    }
    const rest = { concurrently: false, ifNotExists: false, only: false }
    return [{ kind: 'CreateIndex', table, index, ...rest }]
  }
  if (change.kind === 'DropConstraint') {
    const known = findTable(before, change.table)
    const isIndex =
      findConstraint(known, change.constraint) === undefined &&
      known?.indexes.some(({ name }) => name === change.constraint)
    const index = { schema: change.table.schema, name: change.constraint }
    const rest = { concurrently: false, ifExists: false, cascade: false }
    if (isIndex) return [{ kind: 'DropIndex', index, table: change.table, ...rest }]
  }
  return [change]
}
