import type { Expression } from 'oxc-parser'
import { unreadable } from './value.ts'
import type { Value } from './value.ts'

/**
 * `usual`: what the module exports for everyone who sets no variables: `x ?? 'literal'` and
 * `x || 'literal'` are the literal, functions are what they may return, paths start with the tree's
 * root. `certain`: only what it exports whatever surrounds it.
 */
export type Mode = 'usual' | 'certain'

/** The module an expression stands in. */
export interface Module {
  readonly source: string
  /** Relative to the tree's root; what `__dirname` and `import.meta` are derived from. */
  readonly path: string
  /** Names whose value changes after their declaration. */
  readonly mutated: ReadonlySet<string>
  readonly mode: Mode
}

/** Evaluates an expression in the scope at hand. */
export type Read = (node: Expression) => Value

/** The value of what only running the module could tell. */
export function runtime(node: { start: number; end: number }, module: Module): Value {
  const text = module.source.slice(node.start, node.end).replace(/\s+/g, ' ')
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text
  return unreadable(`\`${shown}\` is only known at run time`)
}

export function asString(from: Value): string | undefined {
  return from.kind === 'literal' && typeof from.value === 'string' ? from.value : undefined
}
