import type { Expression, Node, Program } from 'oxc-parser'

/**
 * Calls `visit` for a node and everything below it, in the order of the text; returning false skips
 * what is below. It does not call itself: a sum of 20,000 terms is a tree of that depth.
 */
export function walk(node: unknown, visit: (node: Node) => boolean): void {
  const rest: unknown[] = [node]
  while (rest.length > 0) {
    const next = rest.pop()
    if (next === null || typeof next !== 'object') continue
    const below = Array.isArray(next)
      ? (next as unknown[])
      : 'type' in next && visit(next as Node)
        ? Object.values(next)
        : []
    for (let i = below.length - 1; i >= 0; i--) rest.push(below[i])
  }
}

/**
 * The names whose value changes after their declaration: assigned again, or an object that is
 * written to (`config.out = …`, `Object.assign(config, …)`). Their initial value proves nothing.
 */
export function mutatedNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>()
  const add = (target: Node): void => {
    let at = target
    while (at.type === 'MemberExpression') at = at.object
    if (at.type === 'Identifier') names.add(at.name)
  }
  walk(program.body, (node) => {
    if (node.type === 'AssignmentExpression') add(node.left)
    if (node.type === 'UpdateExpression') add(node.argument)
    if (node.type === 'UnaryExpression' && node.operator === 'delete') add(node.argument)
    if (node.type === 'CallExpression' && calleeName(node.callee) === 'assign') {
      const first = node.arguments[0]
      if (first) add(first)
    }
    return true
  })
  return names
}

/** The last name of what is called: `join` for `join`, `path.join` and `path.posix.join`. */
export function calleeName(callee: Expression): string | null {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type !== 'MemberExpression' || callee.computed) return null
  return callee.property.type === 'Identifier' ? callee.property.name : null
}

/** The values a function body may return; functions inside it are left out. */
export function returned(body: Node): readonly (Expression | null)[] {
  const found: (Expression | null)[] = []
  walk(body, (node) => {
    if (node.type === 'ReturnStatement') found.push(node.argument)
    return !node.type.includes('Function')
  })
  return found
}
