import type { Pattern, Program } from 'estree'
import { keyOf } from './ast.ts'
import type { Binding, Imports, Scope } from './value.ts'

/** Names, and those around them. */
export class Names implements Scope {
  readonly file: Program
  readonly imports: Imports
  readonly #parent: Scope | null
  readonly #names: ReadonlyMap<string, Binding>

  /** @param around - the scope around it, or the file whose top level it is */
  constructor(
    around: Scope | { readonly file: Program; readonly imports: Imports },
    names: ReadonlyMap<string, Binding>,
  ) {
    this.file = around.file
    this.imports = around.imports
    this.#parent = 'lookup' in around ? around : null
    this.#names = names
  }

  lookup(name: string): Binding | undefined {
    return this.#names.get(name) ?? this.#parent?.lookup(name)
  }

  with(names: ReadonlyMap<string, Binding>): Scope {
    return new Names(this, names)
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
