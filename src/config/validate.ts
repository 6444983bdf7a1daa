import { dialects } from '../dialects/registry.ts'
import type { OptionsSchema } from './optionsSchema.ts'
import { ProblemError } from '../finding/problem.ts'
import { didYouMean } from './closest.ts'
import type { Config } from './config.ts'
import { FAMILIES } from './families.ts'
import {
  arrayOf,
  boolean,
  isObject,
  join,
  mustBe,
  nonEmptyString,
  number,
  objectOf,
  oneOf,
  ShapeError,
  type Shape,
} from './shape.ts'

/** What the configuration has to know about a rule. */
export interface ConfigurableRule {
  readonly name: string
  readonly meta: { readonly options?: OptionsSchema }
}

/** The PostgreSQL majors whose behaviour is known. */
const POSTGRES_VERSIONS = { from: 12, to: 18 }

const DIALECTS = dialects.map(({ name }) => name)

/** Who can run migrations, as `projects[].driver` names them. */
const DRIVERS = [...new Set(dialects.flatMap(({ clients }) => clients.map(({ name }) => name)))]

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
    configShape(rules)(value, '')
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

function configShape(rules: readonly ConfigurableRule[]): Shape {
  const known = optionsByRule(rules)
  return objectOf({
    base: nonEmptyString,
    projects: arrayOf(objectOf(projectShapes)),
    rules: ruleSettings(known),
    acknowledged: acknowledgedShape(rules),
    sync,
    verify: objectOf({ setup: nonEmptyString, presets: arrayOf(nonEmptyString) }),
  })
}

const relativePath: Shape = (value, path) => {
  nonEmptyString(value, path)
  if (/^([/\\]|[a-z]:)/i.test(String(value))) {
    mustBe(path, 'a path relative to the repository root', value)
  }
}

const postgresVersion: Shape = (value, path) => {
  const { from, to } = POSTGRES_VERSIONS
  if (Number.isInteger(value) && Number(value) >= from && Number(value) <= to) return
  mustBe(
    path,
    `a major version of PostgreSQL from ${from} to ${to}`,
    value,
    `For another version leave it out: then the worst of ${from} to ${to} counts.`,
  )
}

/** The shape of each setting of a project. */
export const projectShapes = {
  config: relativePath,
  dialect: oneOf(DIALECTS),
  out: relativePath,
  schema: (value, path) =>
    Array.isArray(value) ? arrayOf(nonEmptyString)(value, path) : nonEmptyString(value, path),
  casing: oneOf(['snake_case', 'camelCase']),
  migrator: oneOf(['drizzle', 'per-file', 'none']),
  driver: oneOf(DRIVERS),
  postgres: objectOf({ version: postgresVersion, timezone: nonEmptyString }),
  families: arrayOf(oneOf(FAMILIES)),
  baseline: nonEmptyString,
  smallTables: arrayOf(nonEmptyString),
} satisfies Readonly<Record<string, Shape>>

const sync: Shape = (value, path) => {
  if (value === 'off') return
  if (!isObject(value)) mustBe(path, '"off" or { "at": "commit" } or { "at": "push" }', value)
  objectOf({ at: oneOf(['commit', 'push']) }, ['at'])(value, path)
}

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
  const rule: Shape = (value, path) => {
    nonEmptyString(value, path)
    knownRule(String(value), path, known)
  }
  const entry = { migration: nonEmptyString, rule, object: nonEmptyString, reason: nonEmptyString }
  return arrayOf(objectOf(entry, ['migration', 'rule', 'reason']))
}

function ruleSettings(known: KnownRules): Shape {
  return (value, path) => {
    if (!isObject(value)) mustBe(path, 'an object of rule names and severities', value)
    for (const [name, setting] of Object.entries(value)) {
      const options = knownRule(name, path, known)
      if (setting !== undefined) ruleSetting(name, options)(setting, join(path, name))
    }
  }
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
