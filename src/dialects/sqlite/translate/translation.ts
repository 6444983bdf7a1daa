import { type Catalog, findTable } from '../../../catalog/catalog.ts'
import type { ChangeBody, Part } from '../../../catalog/change.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import type { Table } from '../../../catalog/table.ts'
import type { Lookup } from '../../ddl/querySources.ts'
import type { Name, ObjectName, Stretch } from '../../ddl/syntax.ts'

/** Where the parts of a change stand in the file. */
export type Places = Readonly<Partial<Record<Part, Stretch>>>

/** What a translator needs: the catalog as it stands, and where its changes go. */
export interface Translation {
  /** After everything that was emitted so far. */
  catalog(): Catalog
  /** @param members - the places of the columns and constraints that a new table is made of */
  emit(body: ChangeBody, places?: Places, members?: ReadonlyMap<string, Places>): void
}

/** SQLite compares names without regard to the case of ASCII letters. */
export function sameWord(a: string, b: string): boolean {
  return a === b || folded(a) === folded(b)
}

function folded(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Tables of the main database stand in no schema. */
const DEFAULT_SCHEMA = ''

/** The schema of a database: its name, if it is another one than the main. */
function schemaOf(name: ObjectName, temporary: boolean): string {
  if (temporary) return 'temp'
  const schema = name.schema?.text ?? 'main'
  return sameWord(schema, 'main') ? DEFAULT_SCHEMA : folded(schema)
}

/** A name for something new. */
export function newName(name: ObjectName, temporary = false): QualifiedName {
  return { schema: schemaOf(name, temporary), name: name.name.text }
}

/** The relation a name means, spelled as it was created. */
export function relationName(catalog: Catalog, name: ObjectName): QualifiedName {
  const schema = schemaOf(name, false)
  const wanted = { schema, name: name.name.text }
  const maps = [catalog.tables, catalog.views]
  if (name.schema === null) {
    const temporary = spelledIn(maps, { ...wanted, schema: 'temp' })
    if (temporary) return temporary
  }
  return spelledIn(maps, wanted) ?? wanted
}

function spelledIn(
  maps: readonly ReadonlyMap<string, QualifiedName>[],
  { schema, name }: QualifiedName,
): QualifiedName | undefined {
  for (const map of maps) {
    const found = spelled(map, { schema, name })
    if (found) return found
  }
  return undefined
}

/** The entry that a name means. */
export function spelled<T extends QualifiedName>(
  map: ReadonlyMap<string, T>,
  { schema, name }: QualifiedName,
): { readonly schema: string; readonly name: string } | undefined {
  const exact = map.get(`${schema}\u0000${name}`)
  if (exact) return { schema, name }
  for (const candidate of map.values()) {
    if (candidate.schema === schema && sameWord(candidate.name, name)) {
      return { schema, name: candidate.name }
    }
  }
  return undefined
}

/** A column as the table spells it; as it is written if the table is not known to have it. */
export function columnName(table: Table | undefined, { text }: Pick<Name, 'text'>): string {
  return table?.columns.find(({ name }) => sameWord(name, text))?.name ?? text
}

/** How a table spells the columns that an expression names. */
export function spelling(table: Table | undefined): (name: string) => string {
  return (text) => columnName(table, { text })
}

/** Looks names up for queries. */
export function lookupIn(catalog: Catalog): Lookup {
  return {
    relation: (name) => relationName(catalog, name),
    column: (relation, text) => {
      const table = findTable(catalog, relation)
      if (table === undefined) return text
      const found = table.columns.find(({ name }) => sameWord(name, text))
      return found?.name ?? (table.complete ? undefined : text)
    },
  }
}
