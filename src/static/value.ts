import type { ArrowFunctionExpression, Expression, Function as FunctionNode } from 'oxc-parser'

/** What is known about an expression without running it. */
export type Value =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  | ObjectValue
  | {
      readonly kind: 'function'
      readonly node: FunctionNode | ArrowFunctionExpression
      readonly scope: Scope
    }
  | Unreadable

export interface ObjectValue {
  readonly kind: 'object'
  readonly entries: ReadonlyMap<string, Value>
  /** Why keys that are not among the entries may exist all the same; null where none can. */
  readonly others: Unreadable | null
}

export interface Unreadable {
  readonly kind: 'unreadable'
  /** One clause: `` `process.env.OUT` is only known at run time ``. */
  readonly reason: string
  /** The module whose default export it is, or has spread into it. */
  readonly defaultOf?: string
}

/** What a name stands for. */
export type Binding =
  | { readonly kind: 'expression'; readonly node: Expression }
  | { readonly kind: 'function'; readonly node: FunctionNode }
  | { readonly kind: 'import'; readonly from: string; readonly isDefault: boolean }
  /** `const { key = fallback } = node` */
  | {
      readonly kind: 'key'
      readonly node: Expression
      readonly key: string
      readonly fallback: Expression | null
    }
  | { readonly kind: 'value'; readonly value: Value }

/** The names one block declares, and the blocks around it. */
export interface Scope {
  readonly bindings: ReadonlyMap<string, Binding>
  readonly outer: Scope | null
}

export const UNDEFINED: Value = { kind: 'literal', value: undefined }

const CONDITION = 'it depends on a condition'

export function literal(value: string | number | boolean | null | undefined): Value {
  return { kind: 'literal', value }
}

export function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason }
}

/** The value of a key; `undefined` as a literal where the object certainly lacks it. */
export function property(object: ObjectValue, key: string): Value {
  const entry = object.entries.get(key)
  if (entry) return entry
  return object.others ?? UNDEFINED
}

/** What holds when either of two values may be the one: the same value, or objects key by key. */
export function either(a: Value, b: Value): Value {
  if (a.kind === 'unreadable') return a
  if (b.kind === 'unreadable') return b
  if (a.kind === 'literal' && b.kind === 'literal' && a.value === b.value) return a
  if (a.kind === 'object' && b.kind === 'object') return eitherObject(a, b)
  if (a.kind === 'array' && b.kind === 'array' && a.items.length === b.items.length) {
    return { kind: 'array', items: a.items.map((item, i) => either(item, b.items[i] ?? UNDEFINED)) }
  }
  return unreadable(CONDITION)
}

function eitherObject(a: ObjectValue, b: ObjectValue): ObjectValue {
  const entries = new Map<string, Value>()
  for (const key of new Set([...a.entries.keys(), ...b.entries.keys()])) {
    entries.set(key, either(property(a, key), property(b, key)))
  }
  return { kind: 'object', entries, others: a.others ?? b.others }
}

/** `{ ...base, ...spread }`. */
export function spread(base: ObjectValue, value: Value): ObjectValue {
  if (value.kind === 'literal') return base
  if (value.kind !== 'object') {
    const unknown =
      value.kind === 'unreadable' ? value : unreadable('it spreads something that is not an object')
    return overshadowed(base, unknown)
  }
  const below = value.others === null ? base : overshadowed(base, value.others)
  return {
    kind: 'object',
    entries: new Map([...below.entries, ...value.entries]),
    others: below.others,
  }
}

function overshadowed(base: ObjectValue, others: Unreadable): ObjectValue {
  const entries = new Map<string, Value>()
  for (const key of base.entries.keys()) entries.set(key, others)
  return { kind: 'object', entries, others }
}
