import { type PgType, baseOf, isArray, typeKey } from './typeModel.ts'

/** Types indexed with the default btree operator class of another type. */
const CLASS_OF: Readonly<Record<string, string>> = {
  varchar: 'text',
  cidr: 'inet',
  regclass: 'oid',
  regcollation: 'oid',
  regconfig: 'oid',
  regdictionary: 'oid',
  regnamespace: 'oid',
  regoper: 'oid',
  regoperator: 'oid',
  regproc: 'oid',
  regprocedure: 'oid',
  regrole: 'oid',
  regtype: 'oid',
}

/** Types without a default btree operator class: no index to rebuild. */
const NOT_INDEXED: ReadonlySet<string> = new Set(['xml', 'json', 'point', 'path', 'polygon'])

/**
 * Whether an index on a column outlives a change of its type that leaves the table as it is: same
 * operator class, same collation, and the very same type where the class serves many
 * (`CheckIndexCompatible`, indexcmds.c). For indexes with the type's default class and collation.
 */
export function keepsIndexes(from: PgType, to: PgType): boolean {
  if (NOT_INDEXED.has(typeKey(baseOf(from))) && !isArray(baseOf(from))) return true
  return operatorClass(from) === operatorClass(to) && collation(from) === collation(to)
}

function operatorClass(type: PgType): string {
  const base = baseOf(type)
  const key = typeKey(base)
  // array_ops, enum_ops, range_ops and multirange_ops serve many types.
  const polymorphic = isArray(base) || base.kind === 'enum' || /range$/.test(key)
  if (polymorphic) return `of ${typeKey(type)}${isArray(type) ? '[]' : ''}`
  return CLASS_OF[key] ?? key
}

function collation(type: PgType): string {
  const name = type.collation ?? baseOf(type).collation ?? 'default'
  return name.replace(/^"?pg_catalog"?\./, '').replaceAll('"', '')
}
