import { didYouMean } from './closest.ts'

/** Why a value is not what it should be: one sentence that names its path, and a remedy. */
export class ShapeError extends Error {
  readonly help: string

  constructor(message: string, help = '') {
    super(message)
    this.name = 'ShapeError'
    this.help = help
  }
}

/** Part of a JSON schema, draft 7: what editors complete and check by. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Checks a value found at a path such as `projects[0].postgres`; throws a ShapeError. */
export interface Shape {
  (value: unknown, path: string): void
  /** The same for editors; absent: anything. */
  readonly schema?: JsonSchema
}

/** A check, and what of it a JSON schema can say. */
export function shaped(schema: JsonSchema, check: Shape): Shape {
  return Object.assign((value: unknown, path: string) => check(value, path), { schema })
}

/** A shape with a sentence on what it is for. */
export function described(description: string, shape: Shape): Shape {
  return shaped({ description, ...shape.schema }, shape)
}

/** Throws for a value that is not what `expected` says. */
export function mustBe(path: string, expected: string, value: unknown, help = ''): never {
  throw new ShapeError(`${path} must be ${expected}, not ${describe(value)}`, help)
}

export const nonEmptyString: Shape = shaped({ type: 'string', minLength: 1 }, (value, path) => {
  if (typeof value !== 'string' || value.trim() === '') mustBe(path, 'a non-empty string', value)
})

export const boolean: Shape = shaped({ type: 'boolean' }, (value, path) => {
  if (typeof value !== 'boolean') mustBe(path, 'true or false', value)
})

export const number: Shape = shaped({ type: 'number' }, (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) mustBe(path, 'a number', value)
})

/** One of a few words. */
export function oneOf(words: readonly string[]): Shape {
  const expected = `one of ${words.map((word) => `"${word}"`).join(', ')}`
  return shaped({ enum: words }, (value, path) => {
    if (typeof value === 'string' && words.includes(value)) return
    const suggestion = typeof value === 'string' ? didYouMean(value, words) : ''
    throw new ShapeError(`${path} must be ${expected}, not ${describe(value)}${suggestion}`)
  })
}

/** A list whose elements all have one shape. */
export function arrayOf(element: Shape): Shape {
  return shaped({ type: 'array', items: element.schema ?? {} }, (value, path) => {
    if (!Array.isArray(value)) mustBe(path, 'an array', value)
    value.forEach((item: unknown, i) => element(item, `${path}[${i}]`))
  })
}

/**
 * An object with these keys and no others. A key whose value is undefined counts as absent.
 *
 * @param keys - the shape of each key's value
 * @param required - keys that may not be missing
 */
export function objectOf(
  keys: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): Shape {
  const properties = Object.fromEntries(
    Object.entries(keys).map(([key, { schema = {} }]) => [key, schema]),
  )
  const schema = { type: 'object', properties, required, additionalProperties: false }
  return shaped(schema, (value, path) => {
    if (!isObject(value)) mustBe(path === '' ? 'the configuration' : path, 'an object', value)
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue
      const shape = Object.hasOwn(keys, key) ? keys[key] : undefined
      if (shape === undefined) {
        const place = path === '' ? '' : ` in ${path}`
        throw new ShapeError(
          `unknown key "${key}"${place}${didYouMean(key, Object.keys(keys))}`,
          `Known keys${place}: ${Object.keys(keys).join(', ')}.`,
        )
      }
      shape(item, join(path, key))
    }
    for (const key of required) {
      if (value[key] === undefined) {
        throw new ShapeError(`${path} has no "${key}"`, `Add "${key}" to ${path}.`)
      }
    }
  })
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The path of a key: `rules.drop-column`, `rules["a b"]`. */
export function join(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string') return JSON.stringify(value)
  return String(value)
}
