import type { Node } from 'estree'
import { unwrap } from './ast.ts'
import { ownColumn } from './columnReference.ts'
import { evaluate } from './evaluate.ts'
import type { Scope } from './value.ts'

/**
 * The columns a partial index's condition asks to be not null.
 *
 * @returns null if the condition says anything else, or cannot be read
 */
export function onlyNotNull(node: Node | undefined, scope: Scope): readonly string[] | null {
  if (node === undefined) return null
  const condition = unwrap(node)
  if (condition.type === 'CallExpression') {
    const callee = unwrap(condition.callee)
    const [first] = condition.arguments
    if (callee.type !== 'Identifier' || callee.name !== 'isNotNull' || first === undefined)
      return null
    const column = ownColumn(first, scope)
    return column === null ? null : [column]
  }
  if (condition.type !== 'TaggedTemplateExpression') return null
  const { quasis, expressions } = condition.quasi
  const columns: string[] = []
  let text = ''
  for (const [index, quasi] of quasis.entries()) {
    text += quasi.value.raw
    const expression = expressions[index]
    if (expression === undefined) continue
    const column = ownColumn(expression, scope)
    if (column === null && evaluate(expression, scope).kind !== 'text') return null
    columns.push(column ?? '')
    text += '?'
  }
  const reads =
    /^\s*\(*\s*(\?|"?\w+"?)\s+is\s+not\s+null\s*\)*(\s+and\s+\(*\s*(\?|"?\w+"?)\s+is\s+not\s+null\s*\)*)*\s*$/i
  if (!reads.test(text)) return null
  const written = [...text.matchAll(/(\?|"?\w+"?)\s+is\s+not\s+null/gi)].map(([, name = '']) =>
    name === '?' ? (columns.shift() ?? '') : name.replaceAll('"', ''),
  )
  return written
}
