import type { Tree } from '../git/tree.ts'
import { folderOf, within } from './paths.ts'

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
    for (const script of scriptsOf(content.toString('utf8'))) {
      for (const { folder, config } of configsIn(script, folderOf(path))) {
        const place = [folder, folderOf(path), '']
          .map((from) => ({ from, at: within(from, config) }))
          .find(({ at }) => at !== null && isFile(at))
        if (!place?.at) continue
        const folders = found.get(place.at) ?? []
        if (!folders.includes(place.from)) folders.push(place.from)
        found.set(place.at, folders)
      }
    }
  }
  return found
}

function scriptsOf(text: string): readonly string[] {
  if (!text.includes('drizzle-kit') || !text.includes('--config')) return []
  try {
    const { scripts } = JSON.parse(text) as { scripts?: unknown }
    if (scripts === null || typeof scripts !== 'object') return []
    return Object.values(scripts).filter((script): script is string => typeof script === 'string')
  } catch {
    // A broken package.json is for the package manager to report.
    return []
  }
}

function configsIn(script: string, start: string): { folder: string; config: string }[] {
  const found: { folder: string; config: string }[] = []
  let folder = start
  for (const command of script.split(/&&|\|\||[;|]/)) {
    const moved = /^\s*cd\s+(\S+)\s*$/.exec(command)?.[1]
    if (moved !== undefined) folder = within(folder, moved) ?? folder
    if (!command.includes('drizzle-kit')) continue
    for (const match of command.matchAll(/--config(?:=|\s+)["']?([^\s"']+)/g)) {
      if (match[1] !== undefined) found.push({ folder, config: match[1] })
    }
  }
  return found
}
