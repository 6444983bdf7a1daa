import type { Config } from '../config/config.ts'
import type { Severity } from '../finding/finding.ts'
import type { MigrationRule, Rule } from './rule.ts'

/** A rule as it is to run. */
export interface ActiveRule<R extends Rule = MigrationRule> {
  readonly rule: R
  /** Set where the configuration gives one; else the rule's own and its messages' count. */
  readonly severity: Severity | null
  readonly options: Readonly<Record<string, unknown>>
}

/** The rules that run under a configuration, with their severities and options. */
export function activeRules<R extends Rule>(
  rules: readonly R[],
  config: Config,
): readonly ActiveRule<R>[] {
  return rules.flatMap((rule): readonly ActiveRule<R>[] => {
    const setting = config.rules?.[rule.name]
    if (setting === undefined) {
      const isStrict = config.preset === 'strict'
      if (rule.meta.preset === 'strict' && !isStrict) return []
      return [{ rule, severity: null, options: (isStrict && rule.meta.strict) || {} }]
    }
    const [severity, options] = typeof setting === 'string' ? [setting, {}] : setting
    return severity === 'off' ? [] : [{ rule, severity, options }]
  })
}
