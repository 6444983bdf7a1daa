import { dirname, isAbsolute, join } from 'node:path'
import { readRegularFile } from '../disk/readRegularFile.ts'
import { importedModule } from '../schema/importedModule.ts'
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

function parsed(path: string): ReturnType<typeof parseSchemaFile> {
  try {
    const text = readRegularFile(path).toString('utf8')
    return parseSchemaFile(loadModuleParserSync(), path, text)
  } catch {
    // Gone, or no text.
    return null
  }
}
