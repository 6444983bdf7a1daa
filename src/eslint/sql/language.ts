import { dirname, resolve } from 'node:path'
import type { Language } from '@eslint/core'
import type { ProjectConfig } from '../../config/config.ts'
import type { ConfigurableRule } from '../../config/plugins.ts'
import type { DialectName } from '../../dialects/names.ts'
import { ProblemError } from '../../finding/problem.ts'
import { sqlEngine } from '../../editor/engine.ts'
import { configurationAround, projectSettings } from '../../editor/configuration.ts'
import {
  type SqlLanguageOptions,
  validateOptions,
  withoutJavaScript,
} from '../../editor/options.ts'
import { type Place, placeOf } from './place.ts'
import { MigrationSourceCode } from './sourceCode.ts'
import { type MigrationNode, VISITOR_KEYS, syntaxTreeOf } from './syntaxTree.ts'

/** What `parse` finds out and `createSourceCode` needs. */
interface Parsed {
  readonly ok: true
  readonly ast: MigrationNode
  readonly place: Place
}

export type SqlLanguage = Language<{
  LangOptions: Record<string, unknown>
  Code: MigrationSourceCode
  RootNode: MigrationNode
  Node: MigrationNode
}>

/**
 * SQL as a language of ESLint. SQL that the database refuses is no parsing error: the rule
 * `unparsed` reports it, as on the command line, so that it hides nothing else and can be silenced.
 *
 * @param dialect - the dialect of the language, which files in another are none of; null for the one
 *   that takes each file in its own
 * @param rules - every rule there is, by which `languageOptions` are checked
 */
export function sqlLanguage(
  dialect: DialectName | null,
  rules: readonly ConfigurableRule[],
): SqlLanguage {
  return {
    fileType: 'text',
    lineStart: 1,
    columnStart: 1,
    nodeTypeKey: 'type',
    visitorKeys: VISITOR_KEYS,
    defaultLanguageOptions: {},
    validateLanguageOptions: (options) => validateOptions(options, rules),
    normalizeLanguageOptions: (options) => ({ ...withoutJavaScript(options) }),

    parse(file) {
      const text = String(file.body)
      try {
        if (text.includes('\0')) throw notText(file.physicalPath)
        const path = resolve(file.physicalPath)
        const asked = { language: dialect, configured: settingsOf(path, rules).dialect }
        const place = placeOf(path, text, asked)
        const engine = place.kind === 'foreign' ? null : sqlEngine(place.dialect)
        return { ok: true, ast: syntaxTreeOf(engine, text), place }
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        const { message, help } = error.problem
        return { ok: false, errors: [{ message: `${message}. ${help}`, line: 1, column: 1 }] }
      }
    },

    createSourceCode(file, parsed, { languageOptions }) {
      const { ast, place } = parsed as Parsed
      const body = String(file.body)
      const text = file.bom ? `\uFEFF${body}` : body
      return new MigrationSourceCode(body, ast, {
        text,
        path: resolve(file.physicalPath),
        place,
        options: { ...configured(file.physicalPath, rules), ...withoutJavaScript(languageOptions) },
      })
    },
  }
}

/** What the command line's configuration says of a migration, under the names of `languageOptions`. */
function configured(path: string, rules: readonly ConfigurableRule[]): SqlLanguageOptions {
  const file = resolve(path)
  const { migrator, driver, postgres, mysql, baseline, smallTables, downtime } = settingsOf(
    file,
    rules,
  )
  const { acknowledged } = configurationAround(dirname(file), rules).config
  const found = { migrator, driver, postgres, mysql, baseline, smallTables, downtime }
  const given = { ...found, acknowledged }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function settingsOf(file: string, rules: readonly ConfigurableRule[]): ProjectConfig {
  return projectSettings(configurationAround(dirname(file), rules), file)
}

function notText(file: string): ProblemError {
  return new ProblemError({
    message: `${file} is not UTF-8 text, so it was not judged`,
    file,
    help: 'Save it as UTF-8 without NUL bytes (an editor or PowerShell may have written UTF-16).',
  })
}
