import type { LintOptions, LintResult } from './api/options.ts'
import type { RuleDescription } from './api/rules.ts'
import type { Config as PlainConfig } from './config/config.ts'
import type { Plugin, PluginRule } from './lint/plugins.ts'

export type { LintOptions, LintResult, Selection } from './api/options.ts'
export type { RuleDescription } from './api/rules.ts'
export type { FamilyAccount, FamilyState, ProjectAccount } from './check/account.ts'
export type {
  Acknowledgement,
  MigratorKind,
  ProjectConfig,
  RuleFamily,
  RuleSetting,
  SyncConfig,
} from './config/config.ts'
export type { DialectName as Dialect } from './dialects/names.ts'
export type { Effects, Lock } from './dialects/effects.ts'
export type { Catalog } from './catalog/catalog.ts'
export type { Change, ChangeKind, ChangeOf, Part } from './catalog/change.ts'
export type { Category, Problem, Severity } from './finding/finding.ts'
export type { Plugin, PluginRule } from './lint/plugins.ts'
export type {
  DeploymentUnit,
  MigrationUnit,
  Report,
  RuleContext,
  RuleMessage,
  Visitors,
} from './lint/rule.ts'
export type { JsonEdit, JsonFinding, JsonFix, JsonReport } from './report/json.ts'

/** What `migration-lint.config.*` or package.json's `migrationLint` holds. */
export interface Config extends Omit<PlainConfig, 'plugins'> {
  /** Rules of one's own, by the name that stands before theirs: `acme/no-enums`. */
  readonly plugins?: Readonly<Record<string, Plugin>>
}

/** Lets an editor check and complete `migration-lint.config.ts`; returns what it is given. */
export function defineConfig(config: Config): Config {
  return config
}

/** Lets an editor check and complete a rule of one's own; returns what it is given. */
export function defineRule(rule: PluginRule): PluginRule {
  return rule
}

/**
 * Judges what is pending in the Drizzle projects of a repository, as the command line does, without
 * printing or exiting. What could not be checked is in `problems`, and `exitCode` is 2 then: an
 * unknown base and a broken configuration are no exceptions.
 *
 * @throws the reason of `signal`, where that stops it
 */
export async function lint(options: LintOptions = {}): Promise<LintResult> {
  return (await import('./api/lint.ts')).lint(options)
}

/**
 * The configuration of a repository, checked.
 *
 * @param options.cwd - a folder of the repository; default: the process's
 * @param options.config - the file, relative to `cwd`; default: the one at the repository's top
 * @returns `file` is its absolute path; null, with an empty configuration, where there is none
 * @throws Error in one line, with `problem` ({ message, file, help }), where it is wrong
 */
export async function loadConfig(
  options: { readonly cwd?: string; readonly config?: string } = {},
): Promise<{ readonly config: Config; readonly file: string | null }> {
  const { loadConfig: load } = await import('./api/loadConfig.ts')
  return (await load(options.cwd ?? '.', options.config ?? null)) as Awaited<
    ReturnType<typeof loadConfig>
  >
}

/**
 * Every rule, in the order of the docs.
 *
 * @param config - whose plugins have rules, too
 */
export async function listRules(config: Config = {}): Promise<readonly RuleDescription[]> {
  return (await import('./api/rules.ts')).describeRules(config)
}

/**
 * What a rule reports, why, and what to do instead.
 *
 * @param config - whose plugins have rules, too
 * @throws RangeError where there is no such rule
 */
export async function explain(rule: string, config: Config = {}): Promise<RuleDescription> {
  return (await import('./api/rules.ts')).describeRule(rule, config)
}
