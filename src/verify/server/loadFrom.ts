import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * A package that a project has, as a module.
 *
 * @param from - folders whose node_modules are asked for it, absolute
 * @returns null where none has it
 * @throws what loading it throws
 */
export async function loadFrom<T>(name: string, from: readonly string[]): Promise<T | null> {
  for (const folder of from) {
    let file: string
    try {
      file = createRequire(join(folder, 'package.json')).resolve(name)
    } catch {
      continue
    }
    return (await import(pathToFileURL(file).href)) as T
  }
  return null
}
