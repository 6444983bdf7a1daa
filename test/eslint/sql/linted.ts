import { Linter } from 'eslint'
import plugin from '../../../src/eslint.ts'

/** The rules on SQL, for whatever file a test names. */
export const SQL: Linter.Config = { ...plugin.configs['sql-recommended'], files: ['**/*.sql'] }

/**
 * What ESLint says about a text.
 *
 * @param config - on top of the rules on SQL
 * @param file - where it stands; default: in no migrations folder
 */
export function messages(
  text: string,
  config: Linter.Config | readonly Linter.Config[] = [],
  file = 'alone.sql',
): readonly Linter.LintMessage[] {
  return new Linter({ cwd: '/' }).verify(text, [SQL].concat(config), { filename: file })
}

/** `line:column rule` for each message; ESLint's own are called `eslint`. */
export function linted(...parameters: Parameters<typeof messages>): readonly string[] {
  return messages(...parameters).map(
    ({ ruleId, line, column }) =>
      `${line}:${column} ${ruleId?.replace('migration-lint/', '') ?? 'eslint'}`,
  )
}
