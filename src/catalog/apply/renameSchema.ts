import type { Catalog } from '../catalog.ts'
import { type QualifiedName, nameKey } from '../names.ts'
import { renameTable, renameView } from './rename.ts'
import { renameType } from './types.ts'

/** Gives a schema another name; all that is in it goes along. */
export function renameSchema(catalog: Catalog, from: string, to: string): Catalog {
  const inside = (objects: ReadonlyMap<string, QualifiedName>) =>
    [...objects.values()].filter(({ schema }) => schema === from)
  const moved = ({ name }: QualifiedName) => ({ schema: to, name })
  let result = catalog
  for (const type of [...inside(catalog.enums), ...inside(catalog.domains)]) {
    result = renameType(result, type, moved(type))
  }
  for (const table of inside(catalog.tables)) result = renameTable(result, table, moved(table))
  for (const view of inside(catalog.views)) result = renameView(result, view, moved(view))
  const schemas = new Set(result.schemas).add(to)
  schemas.delete(from)
  return {
    ...result,
    schemas,
    sequences: inSchema(result.sequences, from, to),
    functions: inSchema(result.functions, from, to),
  }
}

function inSchema<O extends QualifiedName>(
  objects: ReadonlyMap<string, O>,
  from: string,
  to: string,
): ReadonlyMap<string, O> {
  return new Map(
    [...objects.values()].map((object) => {
      const moved = object.schema === from ? { ...object, schema: to } : object
      return [nameKey(moved), moved]
    }),
  )
}
