import { dialects } from '../dialects/registry.ts'
import type { OptionsSchema } from './optionsSchema.ts'
import { type ConfigurableRule, pluginsShape, rulesOfPlugins } from './plugins.ts'
import { ProblemError } from '../finding/problem.ts'
import { didYouMean } from './closest.ts'
import type { Config } from './config.ts'
import { FAMILIES } from './families.ts'
import {
  arrayOf,
  boolean,
  described,
  isObject,
  join,
  mustBe,
  nonEmptyString,
  number,
  objectOf,
  oneOf,
  shaped,
  ShapeError,
  type JsonSchema,
  type Shape,
} from './shape.ts'

/** The PostgreSQL majors whose behaviour is known. */
const POSTGRES_VERSIONS = { from: 12, to: 18 }

const DIALECTS = dialects.map(({ name }) => name)

/** Who can run migrations, as `projects[].driver` names them. */
const DRIVERS = [...new Set(dialects.flatMap(({ clients }) => clients.map(({ name }) => name)))]

/** The servers that speak MySQL, as `projects[].mysql.product` names them. */
const PRODUCTS = dialects.flatMap(({ products = [] }) => products.map(({ name }) => name))

/** Major and minor, and a patch level that makes no difference. */
const VERSION = /^\d{1,2}\.\d{1,2}(?:\.\d+)?$/

const SETTINGS = ['off', 'warn', 'error']

/**
 * Checks that a value is a configuration: no unknown keys, no unknown rules, every value of its
 * type.
 *
 * @param value - what the file holds
 * @param file - where it stands
 * @param rules - every rule there is, with the options it takes
 * @param place - how messages name the place, where the file alone does not say it
 * @returns the same value
 * @throws ProblemError naming the file, the path and, for a misspelling, what was probably meant
 */
export function validateConfig(
  value: unknown,
  file: string,
  rules: readonly ConfigurableRule[],
  place = file,
): Config {
  try {
    const plugins = isObject(value) ? rulesOfPlugins(value.plugins) : []
    configShape([...rules, ...plugins])(value, '')
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    throw new ProblemError({
      message: `${place}: ${error.message}`,
      file,
      help: error.help || `Correct it in ${file}.`,
    })
  }
  return value as Config
}

/**
 * The configuration as a JSON schema, for completion in editors (`$schema`).
 *
 * @param rules - every rule there is
 */
export function configSchema(rules: readonly ConfigurableRule[]): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The configuration of migration-lint',
    ...configShape(rules).schema,
  }
}

function configShape(rules: readonly ConfigurableRule[]): Shape {
  return objectOf({
    $schema: described('For editors: node_modules/migration-lint/schema.json', nonEmptyString),
    base: described('The production branch', nonEmptyString),
    projects: described(
      'The Drizzle projects, instead of those that are found',
      arrayOf(objectOf(projectShapes)),
    ),
    preset: described(
      'Which rules run that `rules` does not name (default recommended)',
      oneOf(['recommended', 'strict']),
    ),
    rules: described('The severity of each rule, and its options', ruleSettings(rules)),
    plugins: described('Rules of your own; not in JSON, which has no functions', pluginsShape),
    acknowledged: described('Accepted findings', acknowledgedShape(rules)),
    env: described(
      'Env files to load a schema with where it cannot be loaded without them',
      oneOrMore(relativePath),
    ),
    sync: described('When the schema and the migrations are compared', sync),
    verify: described('What a database has before the first migration, for verify', verify),
  })
}

const relativePath: Shape = shaped(nonEmptyString.schema!, (value, path) => {
  nonEmptyString(value, path)
  if (/^([/\\]|[a-z]:)/i.test(String(value))) {
    mustBe(path, 'a path relative to the repository root', value)
  }
})

const postgresVersion: Shape = shaped(
  { type: 'integer', minimum: POSTGRES_VERSIONS.from, maximum: POSTGRES_VERSIONS.to },
  (value, path) => {
    const { from, to } = POSTGRES_VERSIONS
    if (Number.isInteger(value) && Number(value) >= from && Number(value) <= to) return
    mustBe(
      path,
      `a major version of PostgreSQL from ${from} to ${to}`,
      value,
      `For another version leave it out: then the worst of ${from} to ${to} counts.`,
    )
  },
)

const mysqlVersion: Shape = shaped({ type: 'string', pattern: VERSION.source }, (value, path) => {
  if (typeof value !== 'string' || !VERSION.test(value)) {
    mustBe(path, 'a version in quotes, such as "8.4" or "10.11"', value)
  }
})

function oneOrMore(one: Shape): Shape {
  const many = arrayOf(one)
  return shaped({ anyOf: [one.schema, many.schema] }, (value, path) =>
    (Array.isArray(value) ? many : one)(value, path),
  )
}

/** The shape of each setting of a project. */
export const projectShapes = {
  config: described('The drizzle config; from the top of the repository', relativePath),
  dialect: described('What the migrations are written in', oneOf(DIALECTS)),
  out: described('The migrations folder; from the top of the repository', relativePath),
  schema: described('The schema files, as in the drizzle config', oneOrMore(nonEmptyString)),
  casing: described('As in the drizzle config', oneOf(['snake_case', 'camelCase'])),
  migrator: described(
    'drizzle: all pending migrations in one transaction (default); per-file: one each; by-name: your own runner applies what it has not recorded by name, one transaction each; none: no transaction (neon-http)',
    oneOf(['drizzle', 'per-file', 'by-name', 'none']),
  ),
  driver: described('Who runs the migrations (SQLite)', oneOf(DRIVERS)),
  postgres: objectOf({
    version: described(
      'The major version; without it the worst of 12 to 18 counts',
      postgresVersion,
    ),
    timezone: described('TimeZone of the session that migrates; default UTC', nonEmptyString),
  }),
  mysql: objectOf({
    product: described(
      'The server, if neither the dependencies nor a compose file name it',
      oneOf(PRODUCTS),
    ),
    version: described(
      'Its version, such as "8.4" or "10.11"; without it the worst of its versions counts',
      mysqlVersion,
    ),
  }),
  families: described(
    'What is checked; an empty list leaves the project out',
    arrayOf(oneOf(FAMILIES)),
  ),
  baseline: described(
    'A migration: findings in it and in those before it are dropped',
    nonEmptyString,
  ),
  smallTables: described(
    'Tables that stay small, by name or glob: what only grows with rows is not reported',
    arrayOf(nonEmptyString),
  ),
  smallBelow: described(
    'Tables with fewer rows than this count as smallTables, by migration-lint.sizes.json',
    number,
  ),
  downtime: described(
    'Nobody uses the database while migrations run, and no old code runs beside new',
    boolean,
  ),
} satisfies Readonly<Record<string, Shape>>

const verify = objectOf({
  setup: described('SQL files that are run first', oneOrMore(relativePath)),
  presets: described(
    'Services whose roles, schemas and functions are there',
    arrayOf(oneOf(['supabase', 'neon'])),
  ),
})

const syncAt = objectOf({ at: oneOf(['commit', 'push']) }, ['at'])

const sync: Shape = shaped({ anyOf: [{ const: 'off' }, syncAt.schema] }, (value, path) => {
  if (value === 'off') return
  if (!isObject(value)) mustBe(path, '"off" or { "at": "commit" } or { "at": "push" }', value)
  syncAt(value, path)
})

type KnownRules = ReadonlyMap<string, OptionsSchema>

function optionsByRule(rules: readonly ConfigurableRule[]): KnownRules {
  return new Map(rules.map((rule) => [rule.name, rule.meta.options ?? {}]))
}

function knownRule(name: string, path: string, known: KnownRules): OptionsSchema {
  const options = known.get(name)
  if (options !== undefined) return options
  const place = path === '' ? '' : ` in ${path}`
  throw new ShapeError(
    `unknown rule "${name}"${place}${didYouMean(name, known.keys())}`,
    'List the rules with: migration-lint rules',
  )
}

/** The shape of `acknowledged`. */
export function acknowledgedShape(rules: readonly ConfigurableRule[]): Shape {
  const known = optionsByRule(rules)
  const rule: Shape = shaped({ enum: [...known.keys()] }, (value, path) => {
    nonEmptyString(value, path)
    knownRule(String(value), path, known)
  })
  const entry = { migration: nonEmptyString, rule, object: nonEmptyString, reason: nonEmptyString }
  return arrayOf(objectOf(entry, ['migration', 'rule', 'reason']))
}

function ruleSettings(rules: readonly ConfigurableRule[]): Shape {
  const known = optionsByRule(rules)
  const properties = Object.fromEntries(rules.map((rule) => [rule.name, settingSchema(rule)]))
  return shaped({ type: 'object', properties, additionalProperties: false }, (value, path) => {
    if (!isObject(value)) mustBe(path, 'an object of rule names and severities', value)
    for (const [name, setting] of Object.entries(value)) {
      const options = knownRule(name, path, known)
      if (setting !== undefined) ruleSetting(name, options)(setting, join(path, name))
    }
  })
}

function settingSchema({ meta }: ConfigurableRule): JsonSchema {
  const severity = { enum: SETTINGS }
  const description = meta.docs && { description: meta.docs.description }
  const options = Object.entries(meta.options ?? {})
  if (options.length === 0) return { ...description, ...severity }
  const shapes = options.map(([key, one]) => [
    key,
    described(one.description, OPTION_SHAPES[one.type]),
  ])
  const { schema } = objectOf(Object.fromEntries(shapes) as Record<string, Shape>)
  const pair = { type: 'array', items: [severity, schema], minItems: 2, maxItems: 2 }
  return { ...description, anyOf: [severity, pair] }
}

function ruleSetting(name: string, options: OptionsSchema): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return oneOf(SETTINGS)(value, path)
    if (value.length !== 2) mustBe(path, 'a severity or [severity, options]', value)
    oneOf(SETTINGS)(value[0], `${path}[0]`)
    if (Object.keys(options).length === 0) {
      throw new ShapeError(
        `${path}: the rule "${name}" takes no options`,
        `Write just the severity: "${name}": ${JSON.stringify(value[0])}`,
      )
    }
    const shapes = Object.entries(options).map(([key, { type }]) => [key, OPTION_SHAPES[type]])
    objectOf(Object.fromEntries(shapes) as Record<string, Shape>)(value[1], `${path}[1]`)
  }
}

const OPTION_SHAPES: Readonly<Record<OptionsSchema[string]['type'], Shape>> = {
  number,
  string: nonEmptyString,
  boolean,
  'string[]': arrayOf(nonEmptyString),
}
