import type { Change } from '../catalog/change.ts'
import type { ErrorKind } from '../dialects/effects.ts'
import type { MigrationRule } from './rule.ts'

/** Per set of rules. */
const known = new WeakMap<readonly MigrationRule[], Coverage>()

/** The coverage of a set of rules; worked out once. */
export function coverageOf(rules: readonly MigrationRule[]): Coverage {
  const coverage = known.get(rules) ?? new Coverage(rules)
  known.set(rules, coverage)
  return coverage
}

/**
 * What rules of their own speak for, whether they are switched on or not: the nets below them stay
 * quiet about it, so that one hazard is one finding and a rule that is off stays off.
 */
class Coverage {
  private readonly work = new Set<string>()
  private readonly errors = new Set<string>()

  constructor(rules: readonly MigrationRule[]) {
    for (const { meta } of rules) {
      for (const kind of meta.covers?.work ?? []) this.work.add(kind)
      for (const [kind, errors] of Object.entries(meta.covers?.errors ?? {})) {
        for (const error of errors) this.errors.add(`${kind} ${error}`)
      }
    }
  }

  covers(change: Change, aspect: 'work' | { readonly error: ErrorKind }): boolean {
    return aspect === 'work'
      ? this.work.has(change.kind)
      : this.errors.has(`${change.kind} ${aspect.error}`) || this.errors.has(`* ${aspect.error}`)
  }
}
