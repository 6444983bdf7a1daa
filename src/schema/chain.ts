import type { CallExpression, Node } from 'estree'
import { keyOf, rangeOf, unwrap } from './ast.ts'
import { evaluate } from './evaluate.ts'
import type { MethodCall } from './model.ts'
import type { Scope } from './value.ts'

/** `text('x').notNull().unique()`: what it starts with, and the methods called on that. */
export interface Chain {
  readonly root: Node
  readonly scope: Scope
  readonly methods: readonly MethodCall[]
}

/** Takes the method calls off an expression until what they are called on is reached. */
export function chainOf(node: Node, scope: Scope): Chain {
  const methods: MethodCall[] = []
  let root = unwrap(node)
  while (root.type === 'CallExpression') {
    const callee = unwrap(root.callee)
    if (callee.type !== 'MemberExpression') break
    const object = unwrap(callee.object)
    const name = keyOf(callee, callee.property)
    if (name === null || !isBuilt(object, scope)) break
    methods.unshift({ name, call: root, property: callee.property, scope })
    root = object
  }
  return { root, scope, methods }
}

/** Whether methods are called on the thing itself, not on the module or object it comes from. */
function isBuilt(object: Node, scope: Scope): boolean {
  if (object.type === 'CallExpression') return evaluate(object, scope).kind !== 'schema'
  return ['call', 'column', 'table'].includes(evaluate(object, scope).kind)
}

/** The last call of a method in a chain. */
export function methodOf(methods: readonly MethodCall[], name: string): MethodCall | undefined {
  return methods.findLast((method) => method.name === name)
}

/** The call a chain starts with. */
export function rootCall({ root }: Chain): CallExpression | null {
  return root.type === 'CallExpression' ? root : null
}

/** Where `.method(…)` stands: from the end of what it is called on. */
export function callRange({ call }: MethodCall): [number, number] {
  const { callee } = call
  const [, from] = rangeOf(callee.type === 'MemberExpression' ? callee.object : callee)
  return [from, rangeOf(call)[1]]
}
