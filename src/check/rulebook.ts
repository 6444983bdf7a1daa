import type { Config } from '../config/config.ts'
import { pluginRules } from '../lint/plugins.ts'
import type { HistoryRule } from './history/history.ts'
import type { SnapshotComparison } from './snapshots/comparison.ts'
import type { Sync } from './sync/difference.ts'
import type { Drift } from './verification/drift/drift.ts'
import type { PlacedRule } from '../lint/placedRule.ts'
import type { MigrationRule, Rule } from '../lint/rule.ts'

/** The rules of a run, by what they judge. A run is handed them: it knows none by name. */
export interface Rulebook {
  readonly sync: readonly PlacedRule<Sync>[]
  readonly history: readonly HistoryRule[]
  readonly snapshot: readonly PlacedRule<SnapshotComparison>[]
  /** Of `verify`: what the database says that the migrations have made. */
  readonly drift: readonly PlacedRule<Drift>[]
  readonly migration: readonly MigrationRule[]
  /** Every rule there is, in the order of the docs. */
  readonly all: readonly Rule[]
}

/** The rules of a run together with those that its configuration brings along. */
export function withPlugins(rules: Rulebook, config: Config): Rulebook {
  const own = pluginRules(config)
  if (own.length === 0) return rules
  return { ...rules, migration: [...rules.migration, ...own], all: [...rules.all, ...own] }
}
