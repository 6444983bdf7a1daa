import type { ESLint, Linter, Rule } from 'eslint'
import type { Config } from '../config/config.ts'
import type { Severity } from '../finding/finding.ts'
import { type EslintRule, SQL_LANGUAGE } from './sql/rule.ts'

/** The name of the plugin in the presets; a configuration of one's own may use another. */
export const NAMESPACE = 'migration-lint'

/** The names of the presets. */
export type PresetName = 'recommended' | 'strict' | 'sql-recommended' | 'sql-strict'

/** Each preset is one configuration object, so that it can be spread; `all` is one per language. */
export type Presets = Record<PresetName, Linter.Config> & { readonly all: Linter.Config[] }

/** Where a Drizzle schema may stand: a file that declares no table costs next to nothing. */
const SCHEMA_FILES = ['**/*.{ts,mts,cts,tsx,js,mjs,cjs,jsx}']

/** Where drizzle-kit writes by default, and the folders that most projects name in its config. */
const SQL_FILES = ['**/{drizzle,.drizzle,migrations,migrate}/**/*.sql']

/**
 * The presets. ESLint refuses a rule for a language that it is not for, so every preset says which
 * files it is for, and none mixes the two kinds of file.
 *
 * @param plugin - the plugin itself: a preset brings it along
 * @param sqlRules - the rules on SQL
 * @param schemaRules - the rules on schema files; `meta.docs.recommended` says which preset has them
 * @param configured - the command line's settings: `sql-recommended` has its preset and severities
 * @param folders - globs of migrations that stand elsewhere
 */
export function presets(
  plugin: ESLint.Plugin,
  sqlRules: readonly EslintRule[],
  schemaRules: Readonly<Record<string, Rule.RuleModule>>,
  configured: Pick<Config, 'rules' | 'preset'>,
  folders: readonly string[],
): Presets {
  const plugins = { [NAMESPACE]: plugin }
  const schema = (isIn: (recommended: unknown) => boolean, severity: Linter.StringSeverity) => {
    const names = Object.entries(schemaRules)
      .filter(([, { meta }]) => isIn(meta?.docs?.recommended))
      .map(([name]) => name)
    return { files: SCHEMA_FILES, plugins, rules: settings(names, () => severity) }
  }
  const sql = (settingOf: (rule: EslintRule) => Linter.RuleEntry) => {
    const rules = Object.fromEntries(
      sqlRules.map((rule) => [`${NAMESPACE}/${rule.name}`, settingOf(rule)]),
    )
    return { files: [...SQL_FILES, ...folders], language: SQL_LANGUAGE, plugins, rules }
  }
  const strictly = ({ strict }: EslintRule, severity: Severity): Linter.RuleEntry =>
    strict ? [severity, strict] : severity
  const asConfigured = (rule: EslintRule): Linter.RuleEntry => {
    const { name, configuredAs, severity } = rule
    const setting = configured.rules?.[configuredAs]
    if (setting === undefined) {
      if (configured.preset === 'strict') return strictly(rule, severity)
      return rule.preset === 'strict' ? 'off' : severity
    }
    if (typeof setting === 'string') return setting
    // Options are those of the first rule.
    return name === configuredAs ? [...setting] : setting[0]
  }
  const named = (name: string, config: Linter.Config) => ({
    name: `${NAMESPACE}/${name}`,
    ...config,
  })
  return {
    recommended: named(
      'recommended',
      schema((recommended) => recommended === true, 'warn'),
    ),
    strict: named(
      'strict',
      schema((recommended) => Boolean(recommended), 'error'),
    ),
    'sql-recommended': named('sql-recommended', sql(asConfigured)),
    'sql-strict': named(
      'sql-strict',
      sql((rule) => strictly(rule, 'error')),
    ),
    all: [
      named(
        'all',
        schema(() => true, 'error'),
      ),
      named(
        'all',
        sql((rule) => strictly(rule, 'error')),
      ),
    ],
  }
}

function settings(
  names: readonly string[],
  severityOf: (name: string) => Linter.StringSeverity,
): Linter.RulesRecord {
  return Object.fromEntries(names.map((name) => [`${NAMESPACE}/${name}`, severityOf(name)]))
}
