/** A name with its schema resolved, as the server would resolve it. */
export interface QualifiedName {
  readonly schema: string
  readonly name: string
}

export const DEFAULT_SCHEMA = 'public'

/** The key under which a catalog's maps hold an object; unambiguous for any identifier. */
export function nameKey(name: QualifiedName): string {
  return `${name.schema}\u0000${name.name}`
}

/** The same for a schema. */
export function schemaKey(schema: string): string {
  return nameKey({ schema, name: '' })
}

/** Whether two names are the same object. */
export function sameName(a: QualifiedName, b: QualifiedName): boolean {
  return a.name === b.name && a.schema === b.schema
}

/** How messages show a name: the default schema goes without saying. */
export function displayName(name: QualifiedName): string {
  return name.schema === DEFAULT_SCHEMA || name.schema === ''
    ? name.name
    : `${name.schema}.${name.name}`
}

/** `users.email`, as findings name a column. */
export function displayColumn(table: QualifiedName, column: string): string {
  return `${displayName(table)}.${column}`
}
