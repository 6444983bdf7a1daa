import { type Catalog, relationInAnyCase } from '../../../catalog/catalog.ts'
import { type QualifiedName, nameKey } from '../../../catalog/names.ts'
import type { Index, Table } from '../../../catalog/table.ts'
import type { Lookup } from '../../ddl/querySources.ts'
import type { Name, ObjectName } from '../../ddl/syntax.ts'
import { lookupBy, sameWord } from '../../ddl/translation.ts'

/** A name for something new; a table of the connection's own database stands in no schema. */
export function newName({ schema, name }: ObjectName): QualifiedName {
  return { schema: schema?.text ?? '', name: name.text }
}

/**
 * The relation a name means, spelled as it was created. Whether the case of letters matters depends on
 * the server's file system (lower_case_table_names), so that the very name comes first.
 */
export function relationName(catalog: Catalog, name: ObjectName): QualifiedName {
  const wanted = newName(name)
  const key = nameKey(wanted)
  if (catalog.tables.has(key) || catalog.views.has(key)) return wanted
  return relationInAnyCase(catalog, wanted) ?? wanted
}

/** Looks names up for queries. */
export function lookupIn(catalog: Catalog): Lookup {
  return lookupBy(catalog, relationName)
}

/** The index of a table that a name means. */
export function indexNamed(
  table: Pick<Table, 'indexes'> | undefined,
  { text }: Pick<Name, 'text'>,
): Index | undefined {
  return table?.indexes.find(({ name }) => sameWord(name, text))
}

/** A name that no index of the table has, from its first column, as the server gives it. */
export function freeIndexName(table: Pick<Table, 'indexes'> | undefined, first: string): string {
  const isTaken = (name: string) => indexNamed(table, { text: name }) !== undefined
  if (!isTaken(first)) return first
  let number = 2
  while (isTaken(`${first}_${number}`)) number++
  return `${first}_${number}`
}
