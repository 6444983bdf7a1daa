import { SQL_TYPE_NAMES } from '../../../catalog/type.ts'
import type { PgType } from './typeModel.ts'

/** The server's messages spell out what SQL may shorten. */
const SPELLED_OUT: Readonly<Record<string, string>> = {
  ...SQL_TYPE_NAMES,
  varchar: 'character varying',
  bpchar: 'character',
  varbit: 'bit varying',
  timestamp: 'timestamp without time zone',
  time: 'time without time zone',
}

/**
 * A type as the server's messages spell it (`format_type`).
 *
 * @param modifiers whether `(50)` and the like are said: in `value too long for type …` they are,
 *   in `cannot be cast automatically to type …` they are not.
 */
export function serverTypeName(type: PgType, modifiers: boolean): string {
  const suffix = '[]'.repeat(Math.min(type.dimensions, 1))
  if (type.kind !== 'base' || (type.schema !== null && type.schema !== 'pg_catalog')) {
    const hidden = type.schema === null || type.schema === 'public'
    return `${hidden ? type.name : `${type.schema}.${type.name}`}${suffix}`
  }
  const spoken = SPELLED_OUT[type.name] ?? type.name
  if (!modifiers || type.modifiers.length === 0) return `${spoken}${suffix}`
  const list = `(${type.modifiers.join(',')})`
  // The precision stands before "with time zone".
  const words = / with(out)? time zone$/.exec(spoken)
  const place = words ? words.index : spoken.length
  return `${spoken.slice(0, place)}${list}${spoken.slice(place)}${suffix}`
}
