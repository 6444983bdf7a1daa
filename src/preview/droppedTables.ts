import { dirname } from 'node:path'
import type { Catalog } from '../catalog/catalog.ts'
import { type QualifiedName, nameKey } from '../catalog/names.ts'
import { coreOf } from '../dialects/cores.ts'
import type { DialectName } from '../dialects/names.ts'
import { dialectOf } from '../dialects/registry.ts'
import { wholeSchemaAround } from '../editor/schemaMembership.ts'
import { schemaFileAt } from '../editor/schemaModules.ts'
import type { SchemaFile } from '../schema/model.ts'

/** A file as it stands in the editor, and what it declares. */
export interface EditedFile {
  /** Absolute. */
  readonly path: string
  readonly text: string
  readonly file: SchemaFile
}

/**
 * The tables that drizzle-kit's snapshot has and no file of the schema declares any more, told in one
 * file of the schema: the first that declares tables. Nothing where a file of it cannot be read, where a
 * table is new (then it may be renamed), or where the name still stands in some file.
 *
 * @param edited - the file in the editor
 * @param snapshot - the newest one
 */
export function droppedTables(
  { path, text, file }: EditedFile,
  dialect: DialectName,
  snapshot: Catalog | null,
): readonly QualifiedName[] {
  const paths = snapshot === null ? null : wholeSchemaAround(path)
  if (snapshot === null || paths === null) return []
  const { base } = dialectOf(dialect)
  const others = [...paths].filter((one) => one !== path)
  const declares = (one: Pick<EditedFile, 'file'> | null): boolean =>
    one?.file.tables.some((table) => table.dialect === base) === true
  // Most files are not the first: one of those before them tells, and the rest need no look.
  if (!declares({ file })) return []
  if (others.some((one) => isBefore(one, path) && declares(schemaFileAt(one)))) return []
  const found = others.map((one) => schemaFileAt(one))
  if (found.includes(null)) return []
  const all = [{ path, text, file }, ...found.flatMap((one) => one ?? [])]
  const tables = all.flatMap((one) => one.file.tables.filter((table) => table.dialect === base))
  const declared = new Set<string>()
  for (const { name, schema } of tables) {
    if (name === null || schema === undefined) return []
    declared.add(nameKey({ schema: schema ?? coreOf(base).defaultSchema, name }))
  }
  if ([...declared].some((key) => !snapshot.tables.has(key))) return []
  const gone = [...snapshot.tables.values()].filter((table) => !declared.has(nameKey(table)))
  const isWritten = ({ name }: QualifiedName) =>
    all.some(({ text }) =>
      [`'${name}'`, `"${name}"`, `\`${name}\``].some((one) => text.includes(one)),
    )
  return gone.some(isWritten) ? [] : gone.map(({ schema, name }) => ({ schema, name }))
}

/** Files of the outermost folder come first. */
function isBefore(a: string, b: string): boolean {
  const deeper = dirname(a).length - dirname(b).length
  return deeper < 0 || (deeper === 0 && a < b)
}
