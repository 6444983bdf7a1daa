import type { Catalog } from '../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../catalog/change.ts'
import { type QualifiedName, displayName, nameKey, schemaKey } from '../../../catalog/names.ts'
import type { DataType } from '../../../catalog/type.ts'
import type { Missing, RunError } from '../../effects.ts'
import { EXTENSIONS, type Extension } from '../known/extensions.ts'
import { isBuiltInFunction } from '../known/functions.ts'
import { HOST_SCHEMAS, SUPABASE_EXTENSIONS, SUPABASE_ROLES } from '../known/hosts.ts'
import { functionSince, typeSince } from '../known/since.ts'
import { BUILT_IN_TYPES } from '../sql/builtInTypes.ts'
import { type SqlState, errorKind } from './sqlStates.ts'
import {
  NOTHING,
  type Uses,
  usesOf,
  usesOfColumn,
  usesOfConstraint,
  usesOfIndex,
  usesOfPolicy,
  usesOfTrigger,
} from './uses.ts'

/**
 * The functions, types and schemas that a change needs and that nobody is known to have created: not
 * the migrations, nor PostgreSQL, an extension they create, or a host. Somebody may have done it by
 * hand, and has where a deployment before this one needed them too.
 */
export function missingErrors(
  catalog: Catalog,
  change: ChangeBody,
  version: number | null,
): readonly RunError[] {
  if (catalog.blind) return []
  const errors = new Map<string, RunError>()
  const search = { catalog, version }
  for (const one of missingOf(search, usesOf(change))) {
    const key = `${one.what} ${nameKey(one.name)}`
    if (!errors.has(key) && !wasNeededBefore(search, one)) errors.set(key, toError(catalog, one))
  }
  return [...errors.values()]
}

interface Search {
  readonly catalog: Catalog
  readonly version: number | null
}

const STATES = {
  function: '42883',
  type: '42704',
  schema: '3F000',
  'operator class': '42704',
  'access method': '42704',
} as const satisfies Record<Missing['what'], SqlState>

function toError(catalog: Catalog, missing: Missing): RunError {
  const { what, name } = missing
  const isGone = what === 'schema' && catalog.gone.has(schemaKey(name.name))
  const shown = what === 'function' ? `${displayName(name)}()` : `"${displayName(name)}"`
  return {
    kind: errorKind(STATES[what]),
    code: STATES[what],
    message: `${what} ${shown} does not exist`,
    detail: null,
    when: isGone ? 'always' : 'if-missing',
    ...(!isGone && { missing }),
  }
}

function missingOf(search: Search, uses: Uses): readonly Missing[] {
  return [
    ...uses.schemas.flatMap((schema) => missingSchema(search, schema)),
    ...uses.functions.flatMap((call) => missingFunction(search, call)),
    ...uses.types.flatMap((type) => missingType(search, type)),
    ...uses.operatorClasses.flatMap((name) =>
      fromExtension(search, 'operator class', name, ({ operatorClasses }) => operatorClasses),
    ),
    ...uses.methods.flatMap((name) =>
      fromExtension(search, 'access method', name, ({ methods }) => methods),
    ),
  ]
}

function missingSchema(search: Search, schema: string): readonly Missing[] {
  if (search.catalog.schemas.has(schema) || HOST_SCHEMAS.has(schema) || schema === '') return []
  if (schema.startsWith('pg_')) return []
  const extensions = extensionsWith(({ schemas }) => schemas.has(schema))
  if (extensions.some((name) => isCreated(search.catalog, name))) return []
  return [missing('schema', { schema: '', name: schema }, extensions[0])]
}

function missingFunction(search: Search, { schema, name }: QualifiedName): readonly Missing[] {
  const { catalog, version } = search
  if (schema === 'pg_catalog' || HOST_SCHEMAS.has(schema)) return []
  if (schema !== '' && !catalog.schemas.has(schema)) return missingSchema(search, schema)
  // The database may have a search path of its own.
  const schemas = schema === '' ? [...catalog.searchPath, ...catalog.schemas] : [schema]
  if (schemas.some((one) => catalog.functions.has(nameKey({ schema: one, name })))) return []
  if (isBuiltInFunction(name)) {
    const since = functionSince(name)
    if (since === null || version === null || version >= since) return []
    // PostgreSQL 12 has it from pgcrypto.
    const before = extensionsWith(({ functions }) => functions.has(name))
    if (before.some((one) => isCreated(catalog, one))) return []
    return [{ ...missing('function', { schema, name }), since }]
  }
  // A type's name converts to it, as a cast does.
  if (BUILT_IN_TYPES.has(name) || isOwnType(catalog, schemas, name)) return []
  const extensions = extensionsWith(
    ({ functions, types, prefix }) =>
      functions.has(name) || types.has(name) || prefix?.test(name) === true,
  )
  if (extensions.some((one) => isCreated(catalog, one))) return []
  return [missing('function', { schema, name }, extensions[0])]
}

function missingType(search: Search, { schema, name }: DataType): readonly Missing[] {
  const { catalog, version } = search
  const since = schema === null ? typeSince(name) : null
  if (since !== null && version !== null && version < since) {
    return [{ ...missing('type', { schema: '', name }), since }]
  }
  if (schema === null || schema === 'pg_catalog' || HOST_SCHEMAS.has(schema)) return []
  if (!catalog.schemas.has(schema)) return missingSchema(search, schema)
  if (isOwnType(catalog, [schema], name)) return []
  const extensions = extensionsWith(({ types }) => types.has(name))
  if (extensions.some((one) => isCreated(catalog, one))) return []
  return [missing('type', { schema, name }, extensions[0])]
}

/** Enums, domains and composite types; a table or view has a type of its name. */
function isOwnType(catalog: Catalog, schemas: readonly string[], name: string): boolean {
  return schemas.some((schema) => {
    const key = nameKey({ schema, name })
    return (
      catalog.enums.has(key) ||
      catalog.domains.has(key) ||
      catalog.types?.has(key) === true ||
      catalog.tables.has(key) ||
      catalog.views.has(key) ||
      // That it is gone is said where it is looked for.
      catalog.gone.has(key)
    )
  })
}

function fromExtension(
  { catalog }: Search,
  what: Missing['what'],
  name: string,
  names: (extension: Extension) => ReadonlySet<string>,
): readonly Missing[] {
  const [first, ...others] = extensionsWith((extension) => names(extension).has(name))
  if (first === undefined || [first, ...others].some((one) => isCreated(catalog, one))) return []
  return [missing(what, { schema: '', name }, first)]
}

function missing(what: Missing['what'], name: QualifiedName, extension?: string): Missing {
  return { what, name, extension: extension ?? null, since: null }
}

function extensionsWith(has: (extension: Extension) => boolean): readonly string[] {
  return [...EXTENSIONS].flatMap(([name, extension]) => (has(extension) ? [name] : []))
}

/** Whether the migrations create an extension, by itself or with another, or a host has done so. */
function isCreated(catalog: Catalog, name: string): boolean {
  if (catalog.extensions?.has(name) === true) return true
  if (SUPABASE_EXTENSIONS.has(name) && isSupabase(catalog)) return true
  return [...(catalog.extensions ?? [])].some((other) =>
    EXTENSIONS.get(other)?.needs.includes(name),
  )
}

function isSupabase(catalog: Catalog): boolean {
  return SUPABASE_ROLES.some((role) => catalog.roles?.has(role) === true)
}

/** Whether what is deployed cannot be without it, or without another thing of its extension. */
function wasNeededBefore(search: Search, { what, name, extension }: Missing): boolean {
  const { deployed } = search.catalog
  if (deployed === undefined) return false
  for (const uses of usesOfAll(deployed)) {
    for (const one of missingOf({ ...search, catalog: deployed }, uses)) {
      if (one.what === what && nameKey(one.name) === nameKey(name)) return true
      if (extension !== null && one.extension === extension) return true
    }
  }
  return false
}

/** What the objects of a catalog need. */
function* usesOfAll(catalog: Catalog): Generator<Uses> {
  for (const objects of [catalog.tables, catalog.views, catalog.enums, catalog.domains]) {
    for (const { schema } of objects.values()) yield { ...NOTHING, schemas: [schema] }
  }
  for (const { columns, constraints, indexes, policies, triggers } of catalog.tables.values()) {
    yield* columns.map(usesOfColumn)
    yield* constraints.map(usesOfConstraint)
    yield* indexes.map(usesOfIndex)
    yield* policies.map(usesOfPolicy)
    yield* triggers.map(usesOfTrigger)
  }
}
