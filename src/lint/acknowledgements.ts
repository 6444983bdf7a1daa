import type { Acknowledgement } from '../config/config.ts'
import type { Finding } from '../finding/finding.ts'

type About = Pick<Finding, 'migration' | 'rule' | 'object'>

/** Of each list of entries, the positions by what they accept; made once. */
const known = new WeakMap<readonly Acknowledgement[], ReadonlyMap<string, number>>()

/** The entry of the configuration's `acknowledged` that accepts a finding. */
export function acknowledgementOf(
  finding: About,
  acknowledged: readonly Acknowledgement[],
): Acknowledgement | undefined {
  if (acknowledged.length === 0) return undefined
  const positions = known.get(acknowledged) ?? positionsOf(acknowledged)
  known.set(acknowledged, positions)
  const found = [termOf(finding), termOf({ ...finding, object: undefined })].map(
    (term) => positions.get(term) ?? Infinity,
  )
  return acknowledged[Math.min(...found)]
}

function positionsOf(acknowledged: readonly Acknowledgement[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>()
  for (const [position, entry] of acknowledged.entries()) {
    const term = termOf(entry)
    if (!positions.has(term)) positions.set(term, position)
  }
  return positions
}

/** An entry without an object accepts every finding of its rule. */
function termOf({
  migration,
  rule,
  object,
}: Pick<About, 'migration' | 'rule'> & { readonly object?: string | null }): string {
  return JSON.stringify([migration, rule, object])
}
