import type { OptionsSchema } from './optionsSchema.ts'
import {
  arrayOf,
  type JsonSchema,
  isObject,
  join,
  mustBe,
  nonEmptyString,
  objectOf,
  oneOf,
  type Shape,
  shaped,
} from './shape.ts'

/**
 * Rules of one's own, by name. The configuration does not know what rules see: `Plugin` of the
 * package's entry says it in full.
 */
export interface PluginConfig {
  readonly rules: Readonly<
    Record<
      string,
      { readonly meta: ConfigurableRule['meta']; readonly create: (context: never) => object }
    >
  >
}

/** What the configuration has to know about a rule. */
export interface ConfigurableRule {
  readonly name: string
  readonly meta: {
    readonly options?: OptionsSchema
    readonly docs?: { readonly description: string }
  }
}

const WORD = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

const CATEGORIES = [
  'data-loss',
  'breaks-running-code',
  'blocks-traffic',
  'fails-on-rows',
  'cannot-run',
  'integrity',
  'convention',
]

const severity = oneOf(['error', 'warn'])
const category = oneOf(CATEGORIES)

const ruleMeta = objectOf(
  {
    dialects: (value, path) => {
      if (value !== 'all') arrayOf(nonEmptyString)(value, path)
    },
    type: oneOf(['problem', 'suggestion']),
    severity,
    docs: objectOf(
      {
        description: nonEmptyString,
        category,
        why: nonEmptyString,
        instead: nonEmptyString,
        url: nonEmptyString,
      },
      ['description', 'category'],
    ),
    messages: recordOf(
      objectOf({ message: nonEmptyString, help: nonEmptyString, severity, category }, [
        'message',
        'help',
      ]),
    ),
    options: recordOf(
      objectOf(
        {
          type: oneOf(['number', 'string', 'boolean', 'string[]']),
          description: nonEmptyString,
        },
        ['type', 'description'],
      ),
    ),
  },
  ['severity', 'docs', 'messages'],
)

const rule = objectOf(
  {
    meta: ruleMeta,
    create: (value, path) => {
      if (typeof value !== 'function') mustBe(path, 'a function that returns visitors', value)
    },
  },
  ['meta', 'create'],
)

/** JSON has no functions: an editor marks the key there. */
const NOT_IN_JSON: JsonSchema = { not: {} }

/** The shape of `plugins`. */
export const pluginsShape: Shape = shaped(
  NOT_IN_JSON,
  named('a plugin', objectOf({ rules: named('a rule', rule) }, ['rules'])),
)

/** An object whose keys are words in kebab case. */
function named(what: string, shape: Shape): Shape {
  const values = recordOf(shape)
  return (value, path) => {
    if (isObject(value)) {
      const odd = Object.keys(value).find((key) => !WORD.test(key))
      if (odd !== undefined) mustBe(join(path, odd), `${what} with a name-in-kebab-case`, odd)
    }
    values(value, path)
  }
}

function recordOf(shape: Shape): Shape {
  return (value, path) => {
    if (!isObject(value)) mustBe(path, 'an object', value)
    for (const [key, one] of Object.entries(value)) shape(one, join(path, key))
  }
}

/**
 * The rules of a configuration's plugins, under the names that the configuration calls them by.
 *
 * @param plugins - whatever it holds: what is wrong with it is said by `pluginsShape`
 */
export function rulesOfPlugins(plugins: unknown): readonly NamedRule[] {
  const named = Object.entries(isObject(plugins) ? plugins : {})
  return named.flatMap(([plugin, one]) => {
    const rules = isObject(one) && isObject(one.rules) ? one.rules : {}
    return Object.entries(rules).flatMap(([name, rule]) =>
      isObject(rule) && isObject(rule.meta)
        ? [{ ...(rule as unknown as PluginConfig['rules'][string]), name: `${plugin}/${name}` }]
        : [],
    )
  })
}

/** A rule of a plugin: `acme/no-enums`. */
export type NamedRule = PluginConfig['rules'][string] & { readonly name: string }
