import type { CallExpression, Expression, Function, Node, ObjectExpression, Property } from 'estree'

/** A function written as an expression or a declaration. */
export type FunctionNode = Function

/** Wrappers of TypeScript and of parsers around an expression, which do not change its value. */
const WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ParenthesizedExpression',
  'ChainExpression',
])

/** The expression without `as`, `satisfies`, `!` and parentheses around it. */
export function unwrap(node: Node): Node {
  let inner: Node = node
  while (WRAPPERS.has(inner.type)) inner = (inner as unknown as { expression: Node }).expression
  return inner
}

/** Where a node stands in the text. Parsers that ESLint works with all give ranges. */
export function rangeOf(node: Node): readonly [number, number] {
  return node.range ?? [0, 0]
}

/** The key of a property, or the name of a member, if it is written out; null if computed. */
export function keyOf(node: { computed: boolean }, key: Node): string | null {
  if (!node.computed && key.type === 'Identifier') return key.name
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : null
}

/** The properties of an object literal in the order they are written, spreads included. */
export function entriesOf(
  node: ObjectExpression,
): readonly ({ key: string | null; property: Property } | { spread: Expression })[] {
  return node.properties.map((property) =>
    property.type === 'SpreadElement'
      ? { spread: property.argument }
      : { key: keyOf(property, property.key), property },
  )
}

/** The value written for a key of an object literal; the last one wins. */
export function propertyOf(node: Node | undefined, key: string): Node | undefined {
  const object = node === undefined ? undefined : unwrap(node)
  if (object?.type !== 'ObjectExpression') return undefined
  return entriesOf(object)
    .flatMap((entry) => ('key' in entry && entry.key === key ? [entry.property.value] : []))
    .at(-1)
}

export function isFunction(node: Node): node is FunctionNode {
  return ['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration'].includes(
    node.type,
  )
}

/** What a function returns if that is one expression: its body, or its only `return`, at the end. */
export function returnedBy(node: FunctionNode): Expression | null {
  if (node.body.type !== 'BlockStatement') return node.body
  const last = node.body.body.at(-1)
  const declares = node.body.body.slice(0, -1).every(({ type }) => type === 'VariableDeclaration')
  return declares && last?.type === 'ReturnStatement' ? (last.argument ?? null) : null
}

/** An argument of a call; undefined where there is none or a spread hides it. */
export function argument(call: CallExpression, index: number): Node | undefined {
  const hidden = call.arguments.slice(0, index + 1).some(({ type }) => type === 'SpreadElement')
  return hidden ? undefined : call.arguments[index]
}
