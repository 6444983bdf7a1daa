import type { Program } from 'estree'
import { coresOf } from '../schema/fileScope.ts'
import type { SchemaFile } from '../schema/model.ts'
import { mayDeclare, readSchema } from '../schema/read.ts'
import { isOfSchema } from './schemaMembership.ts'
import { importsOf } from './schemaModules.ts'

/**
 * What a file in the editor declares. Its imports are followed where it takes builders from drizzle-orm,
 * or where it looks like tables and belongs to a schema for certain: of a project's many other files
 * nobody reads what they import.
 *
 * @param path - absolute, of the file on disk
 */
export function schemaFileOf(program: Program, path: string): SchemaFile {
  const isFollowed = coresOf(program).size > 0 || (mayDeclare(program) && isOfSchema(path) === true)
  return readSchema(program, null, isFollowed ? importsOf(path) : undefined)
}
