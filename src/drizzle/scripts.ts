import type { Tree } from '../git/tree.ts'
import { folderOf, within } from './paths.ts'

/** One call of drizzle-kit in a package's script. */
export interface KitCall {
  /** Where it is run from: the package's folder, or where a `cd` before it leads. */
  readonly folder: string
  /** What follows the word drizzle-kit: `generate --name x`. */
  readonly args: string
  /** The value of `--config`, as it stands there. */
  readonly config: string | null
}

/** One script of a package.json and its calls of drizzle-kit. */
export interface Script {
  readonly name: string
  readonly text: string
  readonly calls: readonly KitCall[]
}

/**
 * The configs that package scripts hand to drizzle-kit with `--config`.
 *
 * @param packages - paths of the package.json files to look in
 * @param isFile - whether the tree has a file
 * @returns by config, the folders drizzle-kit is run from: what `out` is relative to
 */
export function configsInScripts(
  tree: Tree,
  packages: readonly string[],
  isFile: (path: string) => boolean
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [path, content] of tree.readAll(packages)) {
    const text = content.toString('utf8')
    if (!text.includes('drizzle-kit') || !text.includes('--config')) continue
    for (const call of scriptsOf(text, folderOf(path)).flatMap(({ calls }) => calls)) {
      const place = configOf(call, folderOf(path), isFile)
      if (place === null) continue
      const folders = found.get(place.config) ?? []
      if (!folders.includes(place.from)) folders.push(place.from)
      found.set(place.config, folders)
    }
  }
  return found
}

/**
 * The config that a call names.
 *
 * @param pkg - the folder of the package whose script it is in
 * @returns also the folder the path is relative to; null where it names none that is there
 */
export function configOf(
  { folder, config }: KitCall,
  pkg: string,
  isFile: (path: string) => boolean
): { readonly config: string; readonly from: string } | null {
  if (config === null) return null
  for (const from of [folder, pkg, '']) {
    const at = within(from, config)
    if (at !== null && isFile(at)) return { config: at, from }
  }
  return null
}

/**
 * The scripts of a package.
 *
 * @param text - of its package.json; a broken one has none: that is for its package manager to say
 * @param folder - the package's
 */
export function scriptsOf(text: string, folder: string): readonly Script[] {
  try {
    const { scripts } = JSON.parse(text) as { scripts?: unknown }
    if (scripts === null || typeof scripts !== 'object') return []
    return Object.entries(scripts).flatMap(([name, script]: [string, unknown]) =>
      typeof script === 'string' ? [{ name, text: script, calls: callsIn(script, folder) }] : []
    )
  } catch {
    return []
  }
}

function callsIn(script: string, start: string): KitCall[] {
  const found: KitCall[] = []
  let folder = start
  for (const command of script.split(/&&|\|\||[;|]/)) {
    const moved = /^\s*cd\s+(\S+)\s*$/.exec(command)?.[1]
    if (moved !== undefined) folder = within(folder, moved) ?? folder
    const args = /drizzle-kit(.*)/s.exec(command)?.[1]
    if (args === undefined) continue
    const configs = [...command.matchAll(/--config(?:=|\s+)["']?([^\s"']+)/g)]
    for (const match of configs.length > 0 ? configs : [null]) {
      found.push({ folder, args: args.trim(), config: match?.[1] ?? null })
    }
  }
  return found
}
