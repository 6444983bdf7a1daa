import { dirname, resolve } from 'node:path'
import type { Language } from '@eslint/core'
import type { ConfigurableRule } from '../../config/plugins.ts'
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

export type PostgresqlLanguage = Language<{
  LangOptions: Record<string, unknown>
  Code: MigrationSourceCode
  RootNode: MigrationNode
  Node: MigrationNode
}>

/**
 * PostgreSQL as a language of ESLint. SQL that PostgreSQL refuses is no parsing error: the rule
 * `unparsed` reports it, as on the command line, so that it hides nothing else and can be silenced.
 *
 * @param rules - every rule there is, by which `languageOptions` are checked
 */
export function postgresqlLanguage(rules: readonly ConfigurableRule[]): PostgresqlLanguage {
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
        const place = placeOf(resolve(file.physicalPath), text)
        return { ok: true, ast: syntaxTreeOf(sqlEngine(), text), place }
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
        place,
        options: { ...configured(file.physicalPath, rules), ...withoutJavaScript(languageOptions) },
      })
    },
  }
}

/** What the command line's configuration says of a migration, under the names of `languageOptions`. */
function configured(path: string, rules: readonly ConfigurableRule[]): SqlLanguageOptions {
  const file = resolve(path)
  const configuration = configurationAround(dirname(file), rules)
  const project = projectSettings(configuration, file)
  const { migrator, postgres, baseline, smallTables, downtime } = project
  const { acknowledged } = configuration.config
  const given = { migrator, postgres, baseline, smallTables, downtime, acknowledged }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function notText(file: string): ProblemError {
  return new ProblemError({
    message: `${file} is not UTF-8 text, so it was not judged`,
    file,
    help: 'Save it as UTF-8 without NUL bytes (an editor or PowerShell may have written UTF-16).',
  })
}
