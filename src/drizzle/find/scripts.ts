import type { Tree } from '../../git/tree.ts'
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
  isFile: (path: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [path, content] of tree.readAll(packages)) {
    const text = content.toString('utf8')
    if (!namesConfig(text)) continue
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

/** A `drizzle-kit generate` whose flags stand for a config. */
export interface FlaggedCall {
  /** The package.json it is in. */
  readonly file: string
  /** Where it is run from. */
  readonly folder: string
  /** The flags, by the names of the config's keys. */
  readonly config: Readonly<Record<string, string>>
}

/**
 * The calls of package scripts that give drizzle-kit a schema by flags, which its command takes in
 * place of a config (https://orm.drizzle.team/docs/drizzle-kit-generate).
 *
 * @param packages - paths of the package.json files to look in
 */
export function flaggedCalls(tree: Tree, packages: readonly string[]): readonly FlaggedCall[] {
  return [...tree.readAll(packages)].flatMap(([file, content]) => {
    const text = content.toString('utf8')
    if (!text.includes('drizzle-kit') || !text.includes('--schema')) return []
    return scriptsOf(text, folderOf(file))
      .flatMap(({ calls }) => calls)
      .filter(({ args, config }) => config === null && /^generate\b/.test(args))
      .flatMap(({ folder, args }) => {
        const config = Object.fromEntries(
          [...args.matchAll(/--(schema|out|dialect|casing)(?:=|\s+)["']?([^\s"']+)/g)].map(
            ([, key = '', value = '']) => [key, value],
          ),
        )
        return 'schema' in config ? [{ file, folder, config }] : []
      })
  })
}

/**
 * Every path by which scripts may name a config, also where nothing is yet: making that file makes
 * a project.
 *
 * @param packages - paths of the package.json files to look in
 */
export function configPathsInScripts(tree: Tree, packages: readonly string[]): readonly string[] {
  return [...tree.readAll(packages)].flatMap(([path, content]) => {
    const text = content.toString('utf8')
    if (!namesConfig(text)) return []
    return scriptsOf(text, folderOf(path))
      .flatMap(({ calls }) => calls)
      .flatMap((call) => candidates(call, folderOf(path)).map(({ config }) => config))
  })
}

/**
 * The config that a call names.
 *
 * @param pkg - the folder of the package whose script it is in
 * @returns null where it names none that is there
 */
export function configOf(
  call: KitCall,
  pkg: string,
  isFile: (path: string) => boolean,
): PlacedConfig | null {
  return candidates(call, pkg).find(({ config }) => isFile(config)) ?? null
}

interface PlacedConfig {
  readonly config: string
  /** The folder the path is relative to. */
  readonly from: string
}

function candidates({ folder, config }: KitCall, pkg: string): readonly PlacedConfig[] {
  if (config === null) return []
  return [folder, pkg, ''].flatMap((from) => {
    const at = within(from, config)
    return at === null ? [] : [{ config: at, from }]
  })
}

/** Spares parsing most package.json files. */
function namesConfig(text: string): boolean {
  return text.includes('drizzle-kit') && text.includes('--config')
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
      typeof script === 'string' ? [{ name, text: script, calls: callsIn(script, folder) }] : [],
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
