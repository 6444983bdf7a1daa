import type { Node } from 'estree'
import { chainOf } from './chain.ts'
import { evaluate } from './evaluate.ts'
import type { ColumnValue, Scope } from './value.ts'

/** The column an expression points at: `table.userId`, `users.id.desc()`; null for anything else. */
export function columnReference(node: Node, scope: Scope): ColumnValue | null {
  const value = evaluate(chainOf(node, scope).root, scope)
  return value.kind === 'column' ? value : null
}

/** The column of the table itself that an expression points at. */
export function ownColumn(node: Node, scope: Scope): string | null {
  const column = columnReference(node, scope)
  return column?.table === 'self' ? column.key : null
}

/** The elements of an array literal; null if it is none, or has spreads. */
export function elementsOf(node: Node | undefined, scope: Scope): readonly Node[] | null {
  const value = node === undefined ? null : evaluate(node, scope)
  if (value?.kind !== 'array') return null
  const { elements } = value.node
  const plain = elements.filter((element) => element !== null && element.type !== 'SpreadElement')
  return plain.length === elements.length ? (plain as Node[]) : null
}
