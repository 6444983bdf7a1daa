/** How a change is undone, as far as statements can. */
export type Reversal =
  /** There is nothing to undo. */
  | { readonly kind: 'nothing' }
  /** These statements undo it; what they leave or cannot bring back is said besides. */
  | { readonly kind: 'statements'; readonly sql: readonly string[]; readonly but: string | null }
  /** Statements would, but what they have to say is not known here. */
  | { readonly kind: 'by-hand'; readonly what: string }
  /** Nothing brings it back but a backup. */
  | { readonly kind: 'gone'; readonly what: string }

export const NOTHING: Reversal = { kind: 'nothing' }

export function undoneBy(sql: string | readonly string[], but: string | null = null): Reversal {
  return { kind: 'statements', sql: typeof sql === 'string' ? [sql] : sql, but }
}

export function byHand(what: string): Reversal {
  return { kind: 'by-hand', what }
}

export function gone(what: string): Reversal {
  return { kind: 'gone', what }
}
