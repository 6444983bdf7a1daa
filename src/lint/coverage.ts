import type { Change } from '../catalog/change.ts'
import type { ErrorKind } from '../dialects/effects.ts'
import type { DialectName } from '../dialects/names.ts'
import type { MigrationRule } from './rule.ts'

/** Per set of rules, by the name of a dialect's SQL. */
const known = new WeakMap<readonly MigrationRule[], Map<DialectName, Coverage>>()

/**
 * The coverage of a set of rules; worked out once.
 *
 * @param base - the name of the SQL: a rule that does not judge it speaks for nothing in it
 */
export function coverageOf(rules: readonly MigrationRule[], base: DialectName): Coverage {
  const ofRules = known.get(rules) ?? new Map<DialectName, Coverage>()
  known.set(rules, ofRules)
  const coverage =
    ofRules.get(base) ??
    new Coverage(
      rules.filter(({ meta: { dialects } }) => dialects === 'all' || dialects.includes(base)),
    )
  ofRules.set(base, coverage)
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
