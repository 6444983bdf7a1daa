import type { Config } from './config/config.ts'

export type {
  Acknowledgement,
  Config,
  MigratorKind,
  ProjectConfig,
  RuleFamily,
  RuleSetting,
  SyncConfig,
} from './config/config.ts'
export type { DialectName as Dialect } from './dialects/names.ts'
export type { Category, Problem, Severity } from './finding/finding.ts'
export type { JsonFinding, JsonReport } from './report/json.ts'

/** Lets an editor check and complete `migration-lint.config.ts`; returns what it is given. */
export function defineConfig(config: Config): Config {
  return config
}
