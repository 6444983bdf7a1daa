import type { Category } from '../finding/finding.ts'
import type { Entry } from './entries.ts'

/** By how much harm is done, and how little of it can be taken back. */
const RANKS: Readonly<Record<Category, number>> = {
  'data-loss': 0,
  'breaks-running-code': 1,
  'cannot-run': 2,
  'fails-on-rows': 3,
  'blocks-traffic': 4,
  integrity: 5,
  convention: 6,
}

/** Errors before warnings, the worst of each first; else as they come. */
export function worstFirst(entries: readonly Entry[]): Entry[] {
  const rank = ({ finding: { severity, category } }: Entry) =>
    (severity === 'error' ? 0 : 100) + RANKS[category]
  return [...entries].sort((a, b) => rank(a) - rank(b))
}
