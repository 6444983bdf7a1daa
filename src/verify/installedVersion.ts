import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The version of a package, by one of its files: many do not export their package.json.
 *
 * @param name - of the package
 */
export function versionAt(file: string, name: string): string | null {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        readonly name?: string
        readonly version?: string
      }
      if (manifest.name === name) return manifest.version ?? null
    } catch {
      continue
    }
  }
  return null
}
