import { createRequire } from 'node:module'
import type { Node, ParseError } from 'jsonc-parser'
import type { Range } from '../finding/finding.ts'

type Jsonc = typeof import('jsonc-parser')

/**
 * Where a value stands in a JSON text, so that a finding can point at it.
 *
 * @param text - valid JSON
 * @param path - keys and positions that lead to it: `['entries', 3, 'when']`
 * @returns the range of the value; null where there is none, or it is nested too deep to be found
 */
export function jsonRange(text: string, path: readonly (string | number)[]): Range | null {
  const node = path.reduce<Node | undefined>(childOf, parsed(text).tree)
  return node === undefined ? null : { start: node.offset, end: node.offset + node.length }
}

/**
 * Where a JSON text starts to be none. `JSON.parse` decides whether it is one, as it does in
 * drizzle-orm's migrator and in drizzle-kit.
 *
 * @returns null where it is valid, or nested too deep to tell the place
 */
export function jsonErrorAt(text: string): number | null {
  try {
    JSON.parse(text)
    return null
  } catch {
    const [first] = parsed(text).errors
    return first === undefined ? null : Math.min(first.offset, text.length)
  }
}

interface Parsed {
  readonly tree: Node | undefined
  readonly errors: readonly ParseError[]
}

function parsed(text: string): Parsed {
  // Loaded for the first place that is asked for: most runs find nothing.
  const { parseTree } = createRequire(import.meta.url)('jsonc-parser') as Jsonc
  const errors: ParseError[] = []
  try {
    return { tree: parseTree(text, errors, { disallowComments: true }), errors }
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) return { tree: undefined, errors: [] }
    throw error
  }
}

function childOf(parent: Node | undefined, step: string | number): Node | undefined {
  if (typeof step === 'number')
    return parent?.type === 'array' ? parent.children?.[step] : undefined
  if (parent?.type !== 'object') return undefined
  // Of a key that is written twice, the last one counts.
  return parent.children?.findLast(({ children }) => children?.[0]?.value === step)?.children?.[1]
}
