import type { Acknowledgement, ProjectConfig } from '../config/config.ts'
import { type Shape, ShapeError, objectOf } from '../config/shape.ts'
import type { ConfigurableRule } from '../config/plugins.ts'
import { acknowledgedShape, projectShapes } from '../config/validate.ts'
import type { Session } from '../dialects/effects.ts'
import type { DialectName } from '../dialects/names.ts'
import { sessionOf } from '../check/session.ts'

/**
 * `languageOptions` of the language: what the command line takes from its own configuration, with
 * the same names, for a configuration that has to be run. They win over what can be read of it.
 */
export interface SqlLanguageOptions extends Pick<
  ProjectConfig,
  'migrator' | 'driver' | 'postgres' | 'mysql' | 'baseline' | 'smallTables' | 'downtime'
> {
  readonly acknowledged?: readonly Acknowledgement[]
}

/** What a configuration without `files` gives every file: meant for JavaScript. */
const OF_JAVASCRIPT = ['ecmaVersion', 'sourceType', 'globals', 'parser', 'parserOptions']

/**
 * Checks `languageOptions`.
 *
 * @param rules - every rule there is
 * @throws Error in one line, naming the key and, for a misspelling, what was probably meant
 */
export function validateOptions(given: object, rules: readonly ConfigurableRule[]): void {
  const { migrator, driver, postgres, mysql, baseline, smallTables, downtime } = projectShapes
  const known = {
    migrator,
    driver,
    postgres,
    mysql,
    baseline,
    smallTables,
    downtime,
    acknowledged: acknowledgedShape(rules),
  }
  try {
    objectOf(known satisfies Record<keyof SqlLanguageOptions, Shape>)(withoutJavaScript(given), '')
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    const line = [error.message, error.help].filter((part) => part !== '').join('. ')
    throw new Error(line, { cause: error })
  }
}

/** The options that are ours. ESLint prints and caches them, which a parser for JavaScript prevents. */
export function withoutJavaScript(given: object): SqlLanguageOptions {
  return Object.fromEntries(Object.entries(given).filter(([key]) => !OF_JAVASCRIPT.includes(key)))
}

/** Who runs the migrations, and where, as far as the project's files tell. */
export interface Found {
  /** The client whose migrator runs them. */
  readonly client: string | null
  readonly product: string | null
}

/** The circumstances under which the migrations run; the defaults are the command line's. */
export function sessionFor(
  dialect: DialectName,
  { migrator = 'drizzle', postgres = {}, mysql = {} }: SqlLanguageOptions,
  { client, product }: Found,
): Session {
  const { version = null, timezone = 'UTC' } = postgres
  return sessionOf({
    dialect,
    client,
    driver: null,
    migrator,
    postgres: { version, timezone },
    mysql: { product, version: mysql.version ?? null },
  })
}
