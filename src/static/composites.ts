import type { Expression, LogicalExpression, ObjectExpression, TemplateLiteral } from 'oxc-parser'
import { runtime } from './runtime.ts'
import type { Module, Read } from './runtime.ts'
import { either, literal, spread, UNDEFINED, unreadable } from './value.ts'
import type { ObjectValue, Value } from './value.ts'

/** A template literal whose expressions are readable. */
export function template(node: TemplateLiteral, module: Module, read: Read): Value {
  const parts: Value[] = []
  node.quasis.forEach((quasi, i) => {
    parts.push(literal(quasi.value.cooked ?? ''))
    const expression = node.expressions[i]
    if (expression) parts.push(read(expression))
  })
  return concatenated(parts) ?? runtime(node, module)
}

/** `+` and comparisons of readable literals; null for every other operator. */
export function binary(operator: string, left: Value, right: Value): Value | null {
  if (operator === '+') return concatenated([left, right])
  if (left.kind !== 'literal' || right.kind !== 'literal') return null
  if (operator === '===' || operator === '==') return literal(left.value === right.value)
  if (operator === '!==' || operator === '!=') return literal(left.value !== right.value)
  return null
}

/** `-1` and `!0`; null for every other operator, and for what is no literal. */
export function unary(operator: string, value: Value): Value | null {
  if (value.kind !== 'literal') return null
  if (operator === '!') return literal(!value.value)
  return operator === '-' && typeof value.value === 'number' ? literal(-value.value) : null
}

/** Values as one string; null where one of them has no sensible text. */
function concatenated(parts: readonly Value[]): Value | null {
  let text = ''
  for (const part of parts) {
    if (part.kind === 'unreadable') return part
    if (part.kind !== 'literal') return null
    text += String(part.value)
  }
  return literal(text)
}

/** An array literal, spreads of readable arrays included. */
export function array(
  elements: readonly (Expression | { type: 'SpreadElement'; argument: Expression } | null)[],
  read: Read,
): Value {
  const items: Value[] = []
  for (const element of elements) {
    if (!element) {
      items.push(UNDEFINED)
      continue
    }
    if (element.type !== 'SpreadElement') {
      items.push(read(element))
      continue
    }
    const inner = read(element.argument)
    if (inner.kind === 'unreadable') return inner
    if (inner.kind !== 'array') return unreadable('it spreads something that is not an array')
    items.push(...inner.items)
  }
  return { kind: 'array', items }
}

/** An object literal; what a spread may bring in makes the keys before it unreadable. */
export function object(node: ObjectExpression, module: Module, read: Read): Value {
  let result: ObjectValue = { kind: 'object', entries: new Map(), others: null }
  for (const entry of node.properties) {
    if (entry.type === 'SpreadElement') {
      result = spread(result, read(entry.argument))
      continue
    }
    const key =
      !entry.computed && entry.key.type === 'Identifier'
        ? literal(entry.key.name)
        : read(entry.key as Expression)
    const value = entry.kind === 'init' ? read(entry.value) : runtime(entry, module)
    const entries: ObjectValue =
      key.kind === 'literal'
        ? { kind: 'object', entries: new Map([[String(key.value), value]]), others: null }
        : { kind: 'object', entries: new Map(), others: unreadable('a computed key may set it') }
    result = spread(result, entries)
  }
  return result
}

/**
 * `??`, `||` and `&&`. Where the left side is known only at run time, the right side of `??` and
 * `||` is what everyone gets who does not set it.
 */
export function logical(node: LogicalExpression, { mode }: Module, read: Read): Value {
  const left = read(node.left)
  if (mode === 'certain' && left.kind === 'unreadable') return left
  if (node.operator === '&&') {
    if (left.kind === 'literal') return left.value ? read(node.right) : left
    if (left.kind !== 'unreadable') return read(node.right)
    const right = read(node.right)
    return right.kind === 'object'
      ? either(right, { kind: 'object', entries: new Map(), others: null })
      : left
  }
  if (left.kind === 'unreadable') return read(node.right)
  if (left.kind !== 'literal') return left
  const nothing = left.value === null || left.value === undefined
  const taken = node.operator === '??' ? !nothing : left.value
  return taken ? left : read(node.right)
}
