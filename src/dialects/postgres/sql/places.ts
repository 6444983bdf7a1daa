import type { Part } from '../../../catalog/change.ts'

/**
 * Where a part stands: the UTF-8 byte its node starts at, or an identifier to look for after a byte.
 * With `action`, the byte is where the relation's name starts, and the identifier is the one that so
 * many actions of the statement named before.
 */
export type PartPlace =
  | { readonly at: number }
  | {
      readonly word: string
      readonly from: number
      readonly last?: boolean
      readonly action?: number
    }

/** The parts of a change that the parser places. */
export type Places = Readonly<Partial<Record<Part, PartPlace>>>
