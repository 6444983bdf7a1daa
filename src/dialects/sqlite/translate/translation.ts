import { type Catalog, findTable, relationInAnyCase } from '../../../catalog/catalog.ts'
import { lowerCase } from '../../../catalog/aspects.ts'
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
  return a === b || lowerCase(a) === lowerCase(b)
}

/** Tables of the main database stand in no schema. */
const DEFAULT_SCHEMA = ''

/** The schema of a database: its name, if it is another one than the main. */
function schemaOf(name: ObjectName, temporary: boolean): string {
  if (temporary) return 'temp'
  const schema = name.schema?.text ?? 'main'
  return sameWord(schema, 'main') ? DEFAULT_SCHEMA : lowerCase(schema)
}

/** A name for something new. */
export function newName(name: ObjectName, temporary = false): QualifiedName {
  return { schema: schemaOf(name, temporary), name: name.name.text }
}

/** The relation a name means, spelled as it was created. */
export function relationName(catalog: Catalog, name: ObjectName): QualifiedName {
  const wanted = newName(name)
  const temporary =
    name.schema === null && relationInAnyCase(catalog, { ...wanted, schema: 'temp' })
  return temporary || (relationInAnyCase(catalog, wanted) ?? wanted)
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
