import type { Config } from './config/config.ts'

export type {
  Acknowledgement,
  Config,
  Dialect,
  MigratorKind,
  ProjectConfig,
  RuleFamily,
  RuleSetting,
  SyncConfig,
  VerifyConfig,
} from './config/config.ts'
export type { Category, Problem, Severity } from './lint/finding.ts'
export type { JsonFinding, JsonReport } from './report/json.ts'

/** Lets an editor check and complete `migration-lint.config.ts`; returns what it is given. */
export function defineConfig(config: Config): Config {
  return config
}
