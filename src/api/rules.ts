import {
  driftRules,
  historyRules,
  migrationRules,
  rules,
  snapshotRules,
  syncRules,
} from '../../rules/index.ts'
import { didYouMean } from '../config/closest.ts'
import type { Config, RuleFamily } from '../config/config.ts'
import type { OptionsSchema } from '../config/optionsSchema.ts'
import type { DialectName } from '../dialects/names.ts'
import type { Category, Severity } from '../finding/finding.ts'
import { pluginRules } from '../lint/plugins.ts'
import { type Example, type MigrationRule, otherSeverity, type Rule } from '../lint/rule.ts'
import { urlOfRule } from '../report/ruleUrl.ts'

/** What is known of a rule: what it reports, why, and what to do instead. */
export interface RuleDescription {
  readonly name: string
  readonly family: RuleFamily
  readonly severity: Severity
  /** The severity of some of its findings, where that is another one. */
  readonly otherSeverity: Severity | null
  readonly category: Category
  /** One line. */
  readonly description: string
  /** What goes wrong, for whom, for how long. */
  readonly why: string
  readonly instead: string
  readonly options: OptionsSchema
  /** Whose SQL it judges; null for what is no rule on SQL. */
  readonly dialects: 'all' | readonly DialectName[] | null
  readonly examples: { readonly bad: readonly Example[]; readonly good: readonly Example[] }
  readonly url: string | null
}

/** See `listRules` of the package's entry. */
export function describeRules(config: Config): readonly RuleDescription[] {
  const families: readonly [RuleFamily, readonly Rule[]][] = [
    ['sync', [...syncRules, ...driftRules]],
    ['history', [...historyRules, ...snapshotRules]],
    ['migration', [...migrationRules, ...pluginRules(config)]],
  ]
  return families.flatMap(([family, own]) => own.map((rule) => describe(rule, family)))
}

/** See `explain` of the package's entry. */
export function describeRule(name: string, config: Config): RuleDescription {
  const all = describeRules(config)
  const found = all.find((rule) => rule.name === name)
  if (found !== undefined) return found
  const names = all.map((rule) => rule.name)
  throw new RangeError(`there is no rule "${name}"${didYouMean(name, names)}`)
}

function describe(rule: Rule, family: RuleFamily): RuleDescription {
  const { docs, severity, options = {} } = rule.meta
  const { dialects = null } = rule.meta as Partial<MigrationRule['meta']>
  const { examples = { bad: [], good: [] } } = docs as Partial<MigrationRule['meta']['docs']>
  return {
    name: rule.name,
    family,
    severity,
    otherSeverity: otherSeverity(rule.meta),
    category: docs.category,
    description: docs.description,
    why: docs.why,
    instead: docs.instead,
    options,
    dialects,
    examples,
    url: urlOfRule(rule.name, [...rules, rule]),
  }
}
