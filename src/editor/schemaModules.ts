import { dirname, isAbsolute, join } from 'node:path'
import { readRegularFile } from '../disk/readRegularFile.ts'
import { importedModule } from '../schema/importedModule.ts'
import type { SchemaFile } from '../schema/model.ts'
import { readSchema } from '../schema/read.ts'
import { parseSchemaFile } from '../schema/parse.ts'
import type { ImportedModule, Imports } from '../schema/value.ts'
import { loadModuleParserSync } from '../static/parser.ts'
import { moduleAt } from './schemaGraph.ts'
import { aliasTargets } from './pathAliases.ts'
import { stampsOf } from './stamps.ts'

interface Kept {
  readonly stamp: string
  readonly module: ImportedModule | null
}

const modules = new Map<string, Kept>()

/**
 * Finds the files of the project that a file imports: by a relative path, or by one that the nearest
 * tsconfig.json maps. Each is parsed once, until it changes.
 *
 * @param file - absolute; a text without a file imports nothing that could be found
 */
export function importsOf(file: string): Imports {
  return (specifier) => {
    if (!isAbsolute(file)) return null
    const candidates = specifier.startsWith('.')
      ? [join(dirname(file), specifier)]
      : aliasTargets(dirname(file), specifier)
    for (const candidate of candidates) {
      const path = moduleAt(candidate)
      if (path !== null) return moduleIn(path)
    }
    return null
  }
}

function moduleIn(path: string): ImportedModule | null {
  const stamp = stampsOf([path])
  const known = modules.get(path)
  if (known?.stamp === stamp) return known.module
  const program = parsed(path)
  const module = program === null ? null : importedModule(program, importsOf(path))
  modules.set(path, { stamp, module })
  return module
}

const schemas = new Map<string, { readonly stamp: string; readonly found: SchemaOnDisk | null }>()

/** A schema file as it lies on disk, and what it declares. */
export interface SchemaOnDisk {
  readonly path: string
  readonly text: string
  readonly file: SchemaFile
}

/**
 * What a schema file on disk declares, read once until it changes.
 *
 * @param path - absolute
 * @returns null where it does not parse
 */
export function schemaFileAt(path: string): SchemaOnDisk | null {
  const stamp = stampsOf([path])
  const known = schemas.get(path)
  if (known?.stamp === stamp) return known.found
  const program = parsed(path)
  const found = program && {
    path,
    text: readRegularFile(path).toString('utf8'),
    file: readSchema(program, null, importsOf(path)),
  }
  schemas.set(path, { stamp, found })
  return found
}

function parsed(path: string): ReturnType<typeof parseSchemaFile> {
  try {
    const text = readRegularFile(path).toString('utf8')
    return parseSchemaFile(loadModuleParserSync(), path, text)
  } catch {
    // Gone, or no text.
    return null
  }
}
