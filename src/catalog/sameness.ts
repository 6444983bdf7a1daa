import type { Expression } from './expression.ts'
import type { DataType } from './type.ts'

/** Whether two expressions mean the same; `unknown` where their structure does not tell. */
export type Sameness = 'same' | 'different' | 'unknown'

type Form = string | number | boolean | null | readonly Form[] | { readonly [key: string]: Form }

/**
 * Compares two expressions by structure. Different are those that differ in one place only, which no
 * rewriting explains: `age > 18` and `age > 21`, but not `a AND b` and `b AND a`.
 */
export function compareExpressions(a: Expression, b: Expression): Sameness {
  if (a.form === null || b.form === null) return 'unknown'
  if (a.form === b.form) return 'same'
  const count = differingLeaves(parse(a.form), parse(b.form))
  return count === null || count > 1 ? 'unknown' : count === 0 ? 'same' : 'different'
}

/**
 * Compares two defaults of a column. What two constants mean depends on the type: `'0'` and `0` are
 * one number, `'{"a":1}'` and `'{"a": 1}'` one JSON value.
 */
export function compareDefaults(a: Expression, b: Expression, type: DataType): Sameness {
  if (a.form === null || b.form === null) return 'unknown'
  if (a.form === b.form) return 'same'
  const [x, y] = [parse(a.form), parse(b.form)]
  const [constantX, constantY] = [constantOf(inside(x)), constantOf(inside(y))]
  if (constantX !== null && constantY !== null) return compareConstants(constantX, constantY, type)
  const [callX, callY] = [plainCall(x), plainCall(y)]
  if (callX !== null && callY !== null) return callX === callY ? 'same' : 'different'
  // 'now' as a constant is the time of the migration: who wrote it may have meant the call.
  const [constant, call] = [constantX ?? constantY, callX ?? callY]
  return constant !== null && call !== null && constant !== 'now' ? 'different' : 'unknown'
}

/** Without the parentheses that MySQL's dialects keep. */
function inside(form: Form): Form {
  return Array.isArray(form) && form[0] === 'expression' ? inside(form[1] as Form) : form
}

/** How many places differ in two trees of one shape; null if the shapes differ. */
function differingLeaves(a: Form, b: Form): number | null {
  const [x, y] = [constantOf(a), constantOf(b)]
  if (x !== null && y !== null) return x === y || (isNumber(x) && isNumber(y) && +x === +y) ? 0 : 1
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object')
    return a === b ? 0 : 1
  if (Array.isArray(a) && Array.isArray(b)) {
    const [setX, setY] = [constantsOf(a), constantsOf(b)]
    if (setX && setY) return sameSet(setX, setY) ? 0 : 1
    if (a.length !== b.length) return null
    return sum(a.map((item: Form, position) => differingLeaves(item, b[position] as Form)))
  }
  const keys = Object.keys(a)
  if (keys.join() !== Object.keys(b).join()) return null
  return sum(
    keys.map((key) => differingLeaves((a as Fields)[key] ?? null, (b as Fields)[key] ?? null)),
  )
}

type Fields = { readonly [key: string]: Form }

function sum(counts: readonly (number | null)[]): number | null {
  return counts.reduce(
    (total, count) => (total === null || count === null ? null : total + count),
    0,
  )
}

/** The values of a list of two constants or more: `IN ('a', 'b')`, `ARRAY['a', 'b']`. */
function constantsOf(list: readonly Form[]): readonly string[] | null {
  const values = list.map(constantOf)
  return list.length > 1 && values.every((value) => value !== null) ? values : null
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.every((item) => b.includes(item)) && b.every((item) => a.includes(item))
}

/** The text of a constant, whatever its type: each in the spelling a quoted constant would have. */
function constantOf(form: Form): string | null {
  if (form === null || typeof form !== 'object' || Array.isArray(form)) return null
  const fields = form as Fields
  for (const kind of ['string', 'number'] as const) {
    if (typeof fields[kind] === 'string' && Object.keys(fields).length === 1) return fields[kind]
  }
  if (typeof fields['boolean'] === 'boolean') return String(fields['boolean'])
  return fields['A_ArrayExpr'] ? arrayConstant(fields['A_ArrayExpr']) : null
}

/** `ARRAY['a','b']` as the constant `{a,b}`. */
function arrayConstant(form: Form): string | null {
  const elements = ((form as Fields)['elements'] ?? []) as readonly Form[]
  const values = elements.map(constantOf)
  return values.every((value) => value !== null) ? `{${values.join(',')}}` : null
}

/** Functions of a server, and of an extension everybody has, that take nothing. */
const CALLS = new Set(
  'now current_timestamp current_date current_time unixepoch clock_timestamp statement_timestamp gen_random_uuid uuid_generate_v4 uuidv4 uuidv7 random'.split(
    ' ',
  ),
)

function plainCall(form: Form): string | null {
  const { call, args } = form as { call?: string; args?: readonly Form[] }
  return call !== undefined && CALLS.has(call) && args?.length === 0 ? call : null
}

const TEXT = new Set('text varchar name citext char tinytext mediumtext longtext enum'.split(' '))
const NUMBERS = new Set(
  (
    'int2 int4 int8 numeric float4 float8 integer real ' +
    'tinyint smallint mediumint int bigint decimal float double'
  ).split(' '),
)
const YES = new Set(['t', 'true', 'y', 'yes', 'on', '1'])
const NO = new Set(['f', 'false', 'n', 'no', 'off', '0'])

function compareConstants(a: string, b: string, type: DataType): Sameness {
  if (a === b) return 'same'
  if (type.dimensions > 0) return compareArrays(a, b)
  if (NUMBERS.has(type.name.replace(/ unsigned$/, ''))) {
    const [x, y] = [asNumber(a), asNumber(b)]
    return isNumber(x) && isNumber(y) ? either(Number(x) === Number(y)) : 'unknown'
  }
  if (type.name === 'bool') return compareBooleans(a.toLowerCase(), b.toLowerCase())
  if (type.name === 'json' || type.name === 'jsonb') return compareJson(a, b)
  // An enum's labels are what they are; so is text.
  return TEXT.has(type.name) || type.schema !== null ? 'different' : 'unknown'
}

/** TRUE is 1 in SQLite and MySQL; PostgreSQL has none in a column of numbers. */
function asNumber(text: string): string {
  return text === 'true' ? '1' : text === 'false' ? '0' : text
}

function compareBooleans(a: string, b: string): Sameness {
  if (!(YES.has(a) || NO.has(a)) || !(YES.has(b) || NO.has(b))) return 'unknown'
  return either(YES.has(a) === YES.has(b))
}

function compareArrays(a: string, b: string): Sameness {
  const plain = /^\{[^"\\{}]*\}$/
  if (!plain.test(a) || !plain.test(b)) return 'unknown'
  const items = (text: string) =>
    text
      .slice(1, -1)
      .split(',')
      .map((item) => item.trim())
  return either(items(a).join() === items(b).join())
}

function compareJson(a: string, b: string): Sameness {
  try {
    return either(canonicalJson(JSON.parse(a)) === canonicalJson(JSON.parse(b)))
  } catch {
    return 'unknown'
  }
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([x], [y]) => (x < y ? -1 : 1)))
      : item,
  )
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}

function either(same: boolean): Sameness {
  return same ? 'same' : 'different'
}

function parse(form: string): Form {
  return JSON.parse(form) as Form
}
