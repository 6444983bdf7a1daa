/** A column's type after its name was looked up: what a type change is computed from. */
export interface PgType {
  /** Internal name (`int4`, `varchar`, `bpchar`, `timestamptz`), or the user's own. */
  readonly name: string
  /** null or `pg_catalog` for the server's own types. */
  readonly schema: string | null
  /** `varchar(50)` → `[50]`, `numeric(10,2)` → `[10, 2]`, `char` and `bit` → `[1]`. */
  readonly modifiers: readonly number[]
  /** 0, or 1 for `text[]`. */
  readonly dimensions: number
  /** `unknown`: types of extensions, and what was not found. */
  readonly kind: 'base' | 'enum' | 'domain' | 'composite' | 'unknown'
  /** A domain's type. */
  readonly base?: PgType
  /** The domain itself has a CHECK or NOT NULL; a domain below it says so for itself. */
  readonly constrained?: boolean
  /** An enum's labels, where they are known. */
  readonly labels?: readonly string[]
  /** null or absent: the type's own. */
  readonly collation?: string | null
}

/** The types whose values are text to PostgreSQL (pg_type.typcategory `S`). */
const STRING_TYPES: ReadonlySet<string> = new Set(['text', 'varchar', 'bpchar', 'name', 'citext'])

/**
 * A type's identity without modifiers and dimensions. citext is known by its name, wherever its
 * extension put it; other types that are not the server's own carry their schema.
 */
export function typeKey(type: PgType): string {
  if (isBuiltIn(type) || isCitext(type)) return type.name
  return `${type.schema ?? ''}.${type.name}`
}

/** Whether two types are the same to pg_type: modifiers and collation do not count. */
export function isSamePgType(a: PgType, b: PgType): boolean {
  return typeKey(a) === typeKey(b) && a.dimensions > 0 === b.dimensions > 0
}

/** The type below a domain, and below the domains it stands on; any other type as it is. */
export function baseOf(type: PgType): PgType {
  if (type.kind !== 'domain' || type.dimensions > 0 || !type.base) return type
  return baseOf(type.base)
}

/** What an array holds. */
export function elementOf(type: PgType): PgType {
  return { ...type, dimensions: 0 }
}

export function isArray(type: PgType): boolean {
  return type.dimensions > 0
}

/** Whether the domain, or one it stands on, refuses values. */
export function hasConstraints(type: PgType): boolean {
  if (type.kind !== 'domain' || type.dimensions > 0) return false
  return type.constrained === true || (type.base !== undefined && hasConstraints(type.base))
}

/** Whether nothing is known of the type but its name: an extension's, citext aside. */
export function isUnknown(type: PgType): boolean {
  const base = baseOf(type)
  return base.kind === 'unknown' ? !isCitext(base) : base.kind === 'domain' && !base.base
}

/** Whether anything can be written into the type by assignment, and read from it by a cast. */
export function isString(type: PgType): boolean {
  const base = baseOf(type)
  return !isArray(base) && STRING_TYPES.has(typeKey(base))
}

function isBuiltIn(type: PgType): boolean {
  return type.kind === 'base' && (type.schema === null || type.schema === 'pg_catalog')
}

function isCitext(type: PgType): boolean {
  return type.name === 'citext' && (type.kind === 'unknown' || type.kind === 'base')
}
