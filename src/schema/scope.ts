import type { Node, Pattern } from 'estree'
import { keyOf } from './ast.ts'
import type { Value } from './value.ts'

/** What a name stands for: a value, or an expression that is looked at when it is needed. */
export type Binding =
  | { readonly value: Value }
  | { readonly node: Node; readonly scope: Scope; readonly member: string | null }

/** The names that can be seen from a place. */
export class Scope {
  readonly #parent: Scope | null
  readonly #names: ReadonlyMap<string, Binding>

  constructor(parent: Scope | null, names: ReadonlyMap<string, Binding>) {
    this.#parent = parent
    this.#names = names
  }

  lookup(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#parent?.lookup(name)
  }

  /** The names of a scope within this one. */
  with(names: Iterable<readonly [string, Binding]>): Scope {
    return new Scope(this, new Map(names))
  }
}

/**
 * The names that a parameter or a declaration makes.
 *
 * @param pattern - an identifier, or an object pattern of one level
 * @param bind - what the whole, or the named member of it, is
 */
export function namesOf(
  pattern: Pattern,
  bind: (member: string | null) => Binding,
): [string, Binding][] {
  if (pattern.type === 'AssignmentPattern') return namesOf(pattern.left, bind)
  if (pattern.type === 'Identifier') return [[pattern.name, bind(null)]]
  if (pattern.type !== 'ObjectPattern') return []
  return pattern.properties.flatMap((property): [string, Binding][] => {
    if (property.type === 'RestElement') return []
    const key = keyOf(property, property.key)
    const target =
      property.value.type === 'AssignmentPattern' ? property.value.left : property.value
    return key !== null && target.type === 'Identifier' ? [[target.name, bind(key)]] : []
  })
}
