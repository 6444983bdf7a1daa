import type { ESLint, Rule } from 'eslint'
import type { Config } from '../config/config.ts'
import type { ConfigurableRule } from '../config/plugins.ts'
import type { MigrationRule } from '../lint/rule.ts'
import { NAMESPACE, type Presets, presets } from './presets.ts'
import { sqlLanguage } from './sql/language.ts'
import { LANGUAGE_DIALECTS, eslintRules } from './sql/rule.ts'

/** The plugin, as ESLint 9.15 and later take it. */
export interface MigrationLintPlugin extends ESLint.Plugin {
  readonly configs: Presets
}

/**
 * Puts the plugin together.
 *
 * @param rules - every rule that a configuration may name
 * @param migrationRules - the rules that judge SQL; they are wrapped unchanged
 * @param schemaRules - the rules on Drizzle schema files, by name
 * @param settings - the command line's, which `sql-recommended` takes over
 * @param folders - globs of migrations that stand elsewhere than most projects have them
 * @throws Error if two rules have one name
 */
export function createPlugin(
  version: string,
  rules: readonly ConfigurableRule[],
  migrationRules: readonly MigrationRule[],
  schemaRules: Readonly<Record<string, Rule.RuleModule>>,
  settings: Pick<Config, 'rules' | 'preset'> = {},
  folders: readonly string[] = [],
): MigrationLintPlugin {
  const sqlRules = migrationRules.flatMap((rule) => eslintRules(rule, migrationRules))
  const twice = sqlRules.find(({ name }) => Object.hasOwn(schemaRules, name))
  if (twice) throw new Error(`two rules are named ${twice.name}`)
  const plugin: ESLint.Plugin = {
    meta: { name: 'migration-lint', version, namespace: NAMESPACE },
    rules: {
      ...schemaRules,
      ...Object.fromEntries(sqlRules.map(({ name, module }) => [name, module])),
    },
    languages: {
      sql: sqlLanguage(null, rules),
      ...Object.fromEntries(LANGUAGE_DIALECTS.map((name) => [name, sqlLanguage(name, rules)])),
    },
  }
  return Object.assign(plugin, {
    configs: presets(plugin, sqlRules, schemaRules, settings, folders),
  })
}
