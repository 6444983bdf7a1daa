import { folderOf, within } from './paths.ts'
import type { ConfigPath } from './paths.ts'
import type { Scan } from './scan.ts'

/** Where the relative paths of a config may start from, the likeliest first. */
export interface Bases {
  readonly folders: readonly string[]
  /** Where drizzle-kit is run if nothing else tells. */
  readonly fallback: string
}

/**
 * drizzle-kit resolves paths against its working directory, which no file states. Candidates are
 * the config's folder, its package, the folders whose scripts name the config, and the root.
 *
 * @param runFrom - folders whose scripts name the config
 */
export function basesOf(config: string, runFrom: readonly string[], scan: Scan): Bases {
  const folder = folderOf(config)
  const pkg = packageOf(folder, scan)
  return {
    folders: [...new Set([folder, pkg ?? folder, ...runFrom, ''])],
    fallback: runFrom[0] ?? pkg ?? folder,
  }
}

/**
 * The migrations folder: where one of the trees has migrations. A new project has none yet; then
 * it is where drizzle-kit would create it.
 *
 * @param isFolder - for each tree that counts, whether it has migrations in a folder
 * @returns the folder and the base it was found from; null where it lies outside of the tree
 */
export function placeOut(
  out: ConfigPath,
  bases: Bases,
  isFolder: readonly ((path: string) => boolean)[],
): { readonly folder: string; readonly base: string } | null {
  if (out.from === 'root') {
    const folder = within('', out.path)
    return folder === null ? null : { folder, base: bases.fallback }
  }
  for (const has of isFolder) {
    for (const base of bases.folders) {
      const folder = within(base, out.path)
      if (folder !== null && has(folder)) return { folder, base }
    }
  }
  const folder = within(bases.fallback, out.path)
  return folder === null ? null : { folder, base: bases.fallback }
}

/** The schema's files and globs, relative to the root; each from the first base that has it. */
export function placeSchema(
  schema: readonly ConfigPath[],
  base: string,
  bases: Bases,
  scan: Scan,
): readonly string[] {
  return schema.map(({ path, from }) => {
    if (from === 'root') return path
    const places = [base, ...bases.folders]
      .map((folder) => within(folder, path))
      .filter((place) => place !== null)
    return places.find((place) => scan.exists(fixedPart(place))) ?? places[0] ?? path
  })
}

/** The part of a glob before its first pattern: a folder; a plain path is itself. */
export function fixedPart(glob: string): string {
  const pattern = glob.search(/[*?[\]{}()!]/)
  return pattern < 0 ? glob : folderOf(glob.slice(0, pattern))
}

function packageOf(folder: string, scan: Scan): string | null {
  for (let at = folder; ; at = folderOf(at)) {
    if (scan.isFile(at === '' ? 'package.json' : `${at}/package.json`)) return at
    if (at === '') return null
  }
}
