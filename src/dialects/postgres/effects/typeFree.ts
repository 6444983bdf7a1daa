import { castPath } from './casts.ts'
import {
  type PgType,
  baseOf,
  hasConstraints,
  isArray,
  isSamePgType,
  isUnknown,
  typeKey,
} from './typeModel.ts'

/**
 * Whether the stored bytes serve for the new type as they are: then the table is not rewritten
 * (`ATColumnChangeRequiresRewrite`, tablecmds.c, after the planner dropped what changes nothing).
 *
 * @param atUtc the session's time zone is at offset 0 all year and always was.
 */
export function keepsStoredValues(
  from: PgType,
  to: PgType,
  session: { readonly atUtc: boolean; readonly version: number | null },
): boolean {
  if (isSamePgType(from, to)) return fitsLength(from, to)
  if (isUnknown(from) || isUnknown(to) || hasConstraints(to)) return false
  const source = baseOf(from)
  const target = baseOf(to)
  const path = castPath(from, to, 'explicit', session.version)
  const converted = path === 'relabel' || (session.atUtc && isBetweenTimestamps(source, target))
  // A value that came through a cast or out of a domain brings no length with it.
  const bringsLength = from.kind !== 'domain' && isSamePgType(source, target)
  return converted && fitsLength(bringsLength ? source : { ...target, modifiers: [] }, target)
}

/**
 * Whether a session in this time zone converts between `timestamp` and `timestamptz` without
 * changing a value: its offset is 0 and was never another (`TimestampTimestampTzRequiresRewrite`).
 * Europe/London and Africa/Abidjan are not among them. Measured on 12 to 18.
 *
 * @param timezone as `SET TimeZone` takes it; null: not known, which proves nothing.
 */
export function isAtUtc(timezone: string | null): boolean {
  if (timezone === null) return false
  const name = timezone.toLowerCase()
  return (
    /^(etc\/)?(utc|uct|gmt|gmt[+-]?0|greenwich|universal|zulu)$/.test(name) ||
    name === 'factory' ||
    /^(<[^<>]+>|[a-z]{3,})[+-]?0{1,2}(:00){0,2}$/.test(name) ||
    /^[+-]?0+(:00){0,2}$/.test(name)
  )
}

function isBetweenTimestamps(source: PgType, target: PgType): boolean {
  const keys = [typeKey(source), typeKey(target)].sort().join(' ')
  return keys === 'timestamp timestamptz' && !isArray(source) && !isArray(target)
}

/** Whether every value of one type fits the length of the other without a look at it. */
function fitsLength(from: PgType, to: PgType): boolean {
  if (to.modifiers.length === 0 || to.modifiers.join() === from.modifiers.join()) return true
  if (isArray(to) || to.kind !== 'base') return false
  const [size = 0, scale = 0] = to.modifiers
  const [oldSize = -1, oldScale = 0] = from.modifiers
  switch (to.name) {
    case 'varchar':
    case 'varbit':
      return oldSize >= 0 && oldSize <= size
    case 'numeric':
      return oldSize >= 0 && oldSize <= size && oldScale === scale
    case 'timestamp':
    case 'timestamptz':
    case 'time':
    case 'timetz':
    case 'interval':
      return size >= 6 || (oldSize >= 0 && oldSize <= size)
    default:
      return false
  }
}
