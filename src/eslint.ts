import { createRequire } from 'node:module'
import { configurationAround } from './editor/configuration.ts'
import { migrationGlobs } from './editor/migrationFolders.ts'
import { migrationRules, rules } from '../rules/index.ts'
import { schemaRules } from '../rules/schema/index.ts'
import { type MigrationLintPlugin, createPlugin } from './eslint/createPlugin.ts'

const { version } = createRequire(import.meta.url)('migration-lint/package.json') as {
  readonly version: string
}

/** The plugin for ESLint: rules on Drizzle schema files, and on migrations in SQL. */
const plugin: MigrationLintPlugin = createPlugin(
  version,
  rules,
  migrationRules,
  schemaRules,
  configurationAround(process.cwd(), rules).config,
  migrationGlobs(process.cwd()),
)

export type { MigrationLintPlugin } from './eslint/createPlugin.ts'
export type { SqlLanguageOptions } from './editor/options.ts'

// `require` in a CommonJS configuration answers with the plugin itself.
export { plugin as default, plugin as 'module.exports' }
