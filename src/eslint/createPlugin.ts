import type { ESLint, Rule } from 'eslint'
import type { ConfigurableRule } from '../config/validate.ts'
import type { MigrationRule } from '../lint/rule.ts'
import { NAMESPACE, type Presets, presets } from './presets.ts'
import { postgresqlLanguage } from './sql/language.ts'
import { eslintRule } from './sql/rule.ts'

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
 * @throws Error if two rules have one name
 */
export function createPlugin(
  version: string,
  rules: readonly ConfigurableRule[],
  migrationRules: readonly MigrationRule[],
  schemaRules: Readonly<Record<string, Rule.RuleModule>>,
): MigrationLintPlugin {
  const sqlRules = migrationRules.map((rule) => [rule.name, eslintRule(rule, migrationRules)])
  const twice = migrationRules.find(({ name }) => Object.hasOwn(schemaRules, name))
  if (twice) throw new Error(`two rules are named ${twice.name}`)
  const plugin: ESLint.Plugin = {
    meta: { name: 'migration-lint', version, namespace: NAMESPACE },
    rules: { ...schemaRules, ...Object.fromEntries(sqlRules) },
    languages: { postgresql: postgresqlLanguage(rules) },
  }
  return Object.assign(plugin, { configs: presets(plugin, migrationRules, schemaRules) })
}
