import type { PgType } from './typeChange.ts'

/** Types between which PostgreSQL has an equality operator that an index on the target can use. */
const FAMILIES: readonly (readonly string[])[] = [
  ['int2', 'int4', 'int8'],
  ['float4', 'float8'],
  ['text', 'varchar', 'bpchar', 'name'],
  ['timestamp', 'timestamptz', 'date'],
  ['cidr', 'inet'],
]

/** Implicit casts that let a foreign key of the first type point at one of the second. */
const CASTS: Readonly<Record<string, readonly string[]>> = {
  int2: ['numeric', 'float4', 'float8'],
  int4: ['numeric', 'float4', 'float8'],
  int8: ['numeric', 'float4', 'float8'],
  numeric: ['float4', 'float8'],
  time: ['timetz', 'interval'],
  macaddr: ['macaddr8'],
  macaddr8: ['macaddr'],
}

/**
 * Whether a foreign key can be built between two types (ATAddForeignKeyConstraint, tablecmds.c).
 * Where one of them is not known it says yes: the error is only claimed when it is certain.
 */
export function comparable(from: PgType, to: PgType): boolean {
  const own = withoutDomain(from)
  const target = withoutDomain(to)
  if (own.kind === 'unknown' || target.kind === 'unknown') return true
  if (own.dimensions !== target.dimensions) return false
  if (own.name === target.name && own.schema === target.schema) return true
  if (own.kind !== 'base' || target.kind !== 'base') return false
  return (
    FAMILIES.some((family) => family.includes(own.name) && family.includes(target.name)) ||
    CASTS[own.name]?.includes(target.name) === true
  )
}

function withoutDomain(type: PgType): PgType {
  return type.kind === 'domain' && type.base ? withoutDomain(type.base) : type
}
