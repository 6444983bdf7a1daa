import { CAST_TABLE } from './castTable.ts'
import {
  type PgType,
  baseOf,
  elementOf,
  isArray,
  isString,
  isUnknown,
  typeKey,
} from './typeModel.ts'

/**
 * How a value gets from one type to another (`find_coercion_pathway`, parse_coerce.c): it stays as
 * it is, by a function, element by element, or written as text and read again.
 */
export type CastPath = 'relabel' | 'function' | 'array' | 'text'

/** Where a cast may happen: unasked when a value is stored, or because somebody wrote it. */
export type CastContext = 'assignment' | 'explicit'

/** Casts not all of PostgreSQL 12 to 18 have: the majors that do (measured on all seven). */
const VERSIONS: Readonly<Record<string, readonly [first: number, last: number]>> = {
  'int2 bytea': [18, Infinity],
  'int4 bytea': [18, Infinity],
  'int8 bytea': [18, Infinity],
  'bytea int2': [18, Infinity],
  'bytea int4': [18, Infinity],
  'bytea int8': [18, Infinity],
  'int4range int4multirange': [14, Infinity],
  'int8range int8multirange': [14, Infinity],
  'numrange nummultirange': [14, Infinity],
  'daterange datemultirange': [14, Infinity],
  'tsrange tsmultirange': [14, Infinity],
  'tstzrange tstzmultirange': [14, Infinity],
  'xid8 xid': [13, Infinity],
  'path point': [0, 14],
}

/** Casts that the table's version no longer has. */
const FORMER_CASTS: Readonly<Record<string, string>> = { path: 'point:e' }

/**
 * Tells how a value of one type becomes one of another. Modifiers do not count: fitting the length
 * is a step of its own.
 *
 * @param version major version; null asks for what 12 to 18 all can do.
 * @returns null where there is no way in this context.
 */
export function castPath(
  from: PgType,
  to: PgType,
  context: CastContext,
  version: number | null,
): CastPath | null {
  const source = baseOf(from)
  const target = baseOf(to)
  if (typeKey(source) === typeKey(target) && isArray(source) === isArray(target)) return 'relabel'
  if (!isArray(source) && !isArray(target)) {
    const listed = listedCast(typeKey(source), typeKey(target), context, version)
    if (listed !== undefined) return listed
  }
  if (isArray(source) && isArray(target)) {
    const elements = castPath(elementOf(source), elementOf(target), context, version)
    if (elements !== null) return elements === 'text' ? 'text' : 'array'
  }
  return viaText(source, target, context, version)
}

/**
 * Whether a column's default survives a change of the column's type: it has to be convertible by
 * assignment, and a USING clause does not help it (`ATExecAlterColumnType`, tablecmds.c). If not,
 * the server says 42804, "default for column … cannot be cast automatically to type …". A default
 * that gets through may still not fit: too long or out of range shows only when a row is inserted.
 *
 * @param defaultType the type of the default's expression before it was fitted to the column.
 */
export function defaultConverts(
  defaultType: PgType,
  to: PgType,
  version: number | null = null,
): boolean {
  if (isUnknown(defaultType) || isUnknown(to)) return true
  return castPath(defaultType, to, 'assignment', version) !== null
}

/** undefined: pg_cast is silent, so other ways count; null: it has the cast, but not here. */
function listedCast(
  source: string,
  target: string,
  context: CastContext,
  version: number | null,
): CastPath | null | undefined {
  const word = [CAST_TABLE[source], FORMER_CASTS[source]]
    .flatMap((words) => words?.split(' ') ?? [])
    .find((entry) => entry.startsWith(`${target}:`))
  if (word === undefined) return undefined
  const [first, last] = VERSIONS[`${source} ${target}`] ?? [0, Infinity]
  if ((version ?? 12) < first || (version ?? 18) > last) return undefined
  const mode = word.slice(target.length + 1)
  if (context === 'assignment' && mode.startsWith('e')) return null
  return mode.endsWith('=') ? 'relabel' : 'function'
}

/** Anything can be assigned to a string; a string can be cast to anything. */
function viaText(
  source: PgType,
  target: PgType,
  context: CastContext,
  version: number | null,
): CastPath | null {
  // "char" was a string type before 15.
  const wasString = (type: PgType) =>
    version !== null && version < 15 && !isArray(type) && typeKey(type) === 'char'
  if (isString(target) || wasString(target)) return 'text'
  if (context === 'explicit' && (isString(source) || wasString(source))) return 'text'
  return null
}
