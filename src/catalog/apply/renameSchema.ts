import type { Catalog } from '../catalog.ts'
import { type QualifiedName, nameKey } from '../names.ts'
import { renameTable, renameView } from './rename.ts'
import { renameType } from './types.ts'
import { withEntry, without } from './update.ts'

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
  return {
    ...result,
    schemas: result.schemas.with(to).without(from),
    sequences: inSchema(result.sequences, from, to),
    functions: inSchema(result.functions, from, to),
  }
}

function inSchema<O extends QualifiedName>(
  objects: ReadonlyMap<string, O>,
  from: string,
  to: string,
): ReadonlyMap<string, O> {
  let result = objects
  for (const object of objects.values()) {
    if (object.schema !== from) continue
    const moved = { ...object, schema: to }
    result = withEntry(without(result, nameKey(object)), nameKey(moved), moved)
  }
  return result
}
