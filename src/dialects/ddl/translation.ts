import { lowerCase } from '../../catalog/aspects.ts'
import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { ChangeBody, Part } from '../../catalog/change.ts'
import type { QualifiedName } from '../../catalog/names.ts'
import type { Table } from '../../catalog/table.ts'
import type { Lookup } from './querySources.ts'
import type { Name, ObjectName, Stretch } from './syntax.ts'

/** Where the parts of a change stand in the file. */
export type Places = Readonly<Partial<Record<Part, Stretch>>>

/** What a translator needs: the catalog as it stands, and where its changes go. */
export interface Translation {
  /** After everything that was emitted so far. */
  catalog(): Catalog
  /** @param members - the places of the columns and constraints that a new table is made of */
  emit(body: ChangeBody, places?: Places, members?: ReadonlyMap<string, Places>): void
}

/** SQLite and MySQL compare the names of columns without regard to the case of ASCII letters. */
export function sameWord(a: string, b: string): boolean {
  return a === b || lowerCase(a) === lowerCase(b)
}

/** A column as the table spells it; as it is written if the table is not known to have it. */
export function columnName(table: Table | undefined, { text }: Pick<Name, 'text'>): string {
  return table?.columns.find(({ name }) => sameWord(name, text))?.name ?? text
}

/** How a table spells the columns that an expression names. */
export function spelling(table: Table | undefined): (name: string) => string {
  return (text) => columnName(table, { text })
}

/**
 * Looks names up for queries.
 *
 * @param relation - the relation that a name means in the dialect
 */
export function lookupBy(
  catalog: Catalog,
  relation: (catalog: Catalog, name: ObjectName) => QualifiedName,
): Lookup {
  return {
    relation: (name) => relation(catalog, name),
    column: (of, text) => {
      const table = findTable(catalog, of)
      if (table === undefined) return text
      const found = table.columns.find(({ name }) => sameWord(name, text))
      return found?.name ?? (table.complete ? undefined : text)
    },
  }
}
