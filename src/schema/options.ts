import type { CallExpression } from 'estree'
import { entriesOf, propertyOf, rangeOf, unwrap } from './ast.ts'

/**
 * How a builder's call gets one more option: `timestamp('x')` becomes `timestamp('x', { … })`.
 *
 * @returns null if the options are not written out in the call, or have that one already
 */
export function addOption(
  call: CallExpression,
  option: string,
): { readonly range: readonly [number, number]; readonly text: string } | null {
  const last = call.arguments.at(-1)
  if (last === undefined) {
    const end = rangeOf(call)[1]
    return { range: [end - 1, end - 1], text: `{ ${option} }` }
  }
  const node = unwrap(last)
  const [, end] = rangeOf(node)
  if (node.type === 'Literal' || node.type === 'TemplateLiteral') {
    return { range: [end, end], text: `, { ${option} }` }
  }
  const [key = ''] = option.split(':')
  if (node.type !== 'ObjectExpression' || propertyOf(node, key) !== undefined) return null
  const lastEntry = node.properties.at(-1)
  if (lastEntry === undefined || entriesOf(node).some((entry) => 'spread' in entry)) {
    return lastEntry === undefined ? { range: [end - 1, end - 1], text: ` ${option} ` } : null
  }
  const at = rangeOf(lastEntry)[1]
  return { range: [at, at], text: `, ${option}` }
}
