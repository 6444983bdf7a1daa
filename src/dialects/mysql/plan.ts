import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import type { Expression } from '../../catalog/expression.ts'
import { findColumn } from '../../catalog/table.ts'
import type { DataType } from '../../catalog/type.ts'
import { asIndex } from '../ddl/uniqueIndex.ts'
import { inParentheses } from './effects/columns.ts'
import { isLarge } from './effects/typeFacts.ts'

/**
 * Changes as drizzle-kit makes them: a unique constraint is a unique index, and a literal default of TEXT
 * and JSON stands in parentheses, since MySQL takes no other.
 *
 * @param before - the database that the changes start from
 */
export function planned(before: Catalog, changes: readonly ChangeBody[]): readonly ChangeBody[] {
  return changes.flatMap((change) => asIndex(before, withDefault(before, change)))
}

function withDefault(before: Catalog, change: ChangeBody): ChangeBody {
  if (change.kind === 'AddColumn') {
    const { definition } = change
    const value = definition.default && written(definition.default, definition.type)
    return { ...change, definition: { ...definition, default: value } }
  }
  if (change.kind !== 'SetDefault') return change
  const column = findColumn(findTable(before, change.table), change.column)
  return column ? { ...change, default: written(change.default, column.type) } : change
}

function written(value: Expression, type: DataType): Expression {
  return isLarge(type) ? inParentheses(value) : value
}
