import type { Node, RangeVar, TypeName } from '@pgsql/types'
import { type Catalog, relationExists } from '../../../catalog/catalog.ts'
import { DEFAULT_SCHEMA, type QualifiedName, nameKey } from '../../../catalog/names.ts'
import type { DataType } from '../../../catalog/type.ts'
import { BUILT_IN_TYPES } from './builtInTypes.ts'

/** The text of String nodes, as lists of names are kept. */
export function strings(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []))
}

/** The schema of the session's own tables. */
const TEMPORARY = 'pg_temp'

/** Schemas a bare name is looked up in, in order. */
function searchPath(catalog: Catalog): readonly string[] {
  return catalog.searchPath.filter((schema) => schema !== '$user' && schema !== '')
}

/** The schema new objects without one go into. */
export function creationSchema(catalog: Catalog): string {
  return searchPath(catalog)[0] ?? DEFAULT_SCHEMA
}

/** A relation's name, looked up along the search path if it has no schema. */
export function relationName(
  catalog: Catalog,
  schema: string | undefined,
  name: string,
): QualifiedName {
  if (schema) return { schema, name }
  // Temporary tables are looked for first, whatever the path says.
  const temporary = { schema: TEMPORARY, name }
  if (catalog.tables.has(nameKey(temporary))) return temporary
  for (const candidate of searchPath(catalog)) {
    if (relationExists(catalog, { schema: candidate, name })) return { schema: candidate, name }
  }
  return { schema: creationSchema(catalog), name }
}

/** The name a RangeVar means. */
export function rangeName(catalog: Catalog, range: RangeVar | undefined): QualifiedName {
  if (range?.relpersistence === 't') return { schema: TEMPORARY, name: range.relname ?? '' }
  return relationName(catalog, range?.schemaname, range?.relname ?? '')
}

/** The name of a relation that is about to be created. */
export function newRangeName(catalog: Catalog, range: RangeVar | undefined): QualifiedName {
  if (range?.relpersistence === 't') return { schema: TEMPORARY, name: range.relname ?? '' }
  return { schema: range?.schemaname || creationSchema(catalog), name: range?.relname ?? '' }
}

/** Whether the migrations themselves have dropped a table, so that IF EXISTS finds nothing. */
export function isGone(catalog: Catalog, table: QualifiedName): boolean {
  const key = nameKey(table)
  return !catalog.blind && catalog.gone.has(key) && !catalog.tables.has(key)
}

/** A relation named by a list of String nodes. */
export function listedRelation(catalog: Catalog, names: readonly string[]): QualifiedName {
  return relationName(catalog, names.at(-2), names.at(-1) ?? '')
}

/** A function named by a list of names. */
export function functionNameOf(catalog: Catalog, names: readonly string[]): QualifiedName {
  const schema = names.at(-2)
  const name = names.at(-1) ?? ''
  if (schema) return { schema, name }
  const found = searchPath(catalog).find((candidate) =>
    catalog.functions.has(nameKey({ schema: candidate, name })),
  )
  return { schema: found ?? creationSchema(catalog), name }
}

/** An enum, domain or other type named by a list of names. */
export function typeNameOf(catalog: Catalog, names: readonly string[]): QualifiedName {
  const schema = names.at(-2)
  const name = names.at(-1) ?? ''
  if (schema) return { schema, name }
  for (const candidate of searchPath(catalog)) {
    const key = nameKey({ schema: candidate, name })
    if (catalog.enums.has(key) || catalog.domains.has(key)) return { schema: candidate, name }
  }
  return { schema: creationSchema(catalog), name }
}

/** Pseudo-types that stand for an integer with a default. */
const SERIAL: Readonly<Record<string, string>> = {
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
  smallserial: 'int2',
  serial2: 'int2',
}

/** Whether a column declared with this type gets a sequence of its own. */
export function isSerial(type: TypeName | undefined): boolean {
  const names = strings(type?.names)
  return names.length === 1 && Object.hasOwn(SERIAL, names[0] ?? '')
}

/** A type as the catalog keeps it. */
export function dataType(
  catalog: Catalog,
  type: TypeName | undefined,
  collation: string | null,
): DataType {
  const names = strings(type?.names)
  const bare = names.at(-1) ?? ''
  const schema = names.at(-2)
  const builtIn =
    schema === 'pg_catalog' ||
    (schema === undefined && (BUILT_IN_TYPES.has(bare) || bare in SERIAL))
  const modifiers = (type?.typmods ?? []).flatMap((node) =>
    'A_Const' in node && node.A_Const.ival ? [node.A_Const.ival.ival ?? 0] : [],
  )
  return {
    schema: builtIn ? null : typeNameOf(catalog, names).schema,
    name: builtIn ? (SERIAL[bare] ?? ALIASES[bare] ?? bare) : bare,
    // INTERVAL's first modifier is a mask of its fields; only the precision matters here.
    modifiers: bare === 'interval' ? modifiers.slice(1) : modifiers,
    dimensions: type?.arrayBounds?.length ? 1 : 0,
    collation,
  }
}

/** Names the grammar does not turn into internal ones when they are quoted, as drizzle-kit may. */
const ALIASES: Readonly<Record<string, string>> = { decimal: 'numeric' }

/** The collation a clause names, or null for the default one. */
export function collationName(names: readonly Node[] | undefined): string | null {
  const name = strings(names).at(-1)
  return name === undefined || name === 'default' ? null : name
}
