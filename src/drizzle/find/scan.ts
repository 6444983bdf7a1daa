import type { Tree } from '../../git/tree.ts'
import { migrationFolders } from '../migrations/layout.ts'
import { folderOf } from './paths.ts'
import type { FolderLayout } from '../migrations/migration.ts'

/** What one listing of a tree tells about Drizzle projects in it. */
export interface Scan {
  /** Files that are drizzle configs by their name. */
  readonly configs: readonly string[]
  readonly packages: readonly string[]
  /** Configs in folders that are skipped, but for installed packages. */
  readonly skippedConfigs: readonly string[]
  /** Every migrations folder of the tree. */
  readonly folders: ReadonlyMap<string, FolderLayout>
  isFile(path: string): boolean
  /** Whether the tree holds a file, or a folder with files in it. */
  exists(path: string): boolean
  blob(path: string): string | undefined
  /** Whether migrations in folders of their own have snapshots: then drizzle-kit wrote them. */
  hasSnapshots(folder: string): boolean
}

/** The names of folders that hold no projects of one's own. */
export const SKIPPED =
  /(?:^|\/)(?:node_modules|fixtures|__fixtures__|tests?|__tests__|dist|templates)(?:\/|$)/

const EXTENSION = /\.(?:[mc]?[jt]s|json)$/

/** `drizzle.config.ts`, `drizzle.config.mysql.ts`: no doubt what they are. */
const CONFIG = /^drizzle\.config\.(?:[\w-]+\.)*\w+$/

/** `drizzle-pg.config.ts`, `mysql.drizzle.config.ts`, and `brain.config.ts` in `drizzle/`. */
const CONFIG_LIKE = /drizzle[\w.-]*\.config\.|drizzle[^/]*\/[\w.-]+\.config\./i

/** Whether a path is one that was asked for by name, or lies below one. */
export function isBelow(path: string, names: readonly string[]): boolean {
  return names.some((name) => name === '' || path === name || path.startsWith(`${name}/`))
}

/**
 * Whether a path lies where projects keep what is not their own: dependencies, fixtures, tests,
 * build output, templates. Only folders inside the tree count.
 */
export function isSkipped(path: string): boolean {
  return SKIPPED.test(folderOf(path))
}

/** Whether a file can be nothing but a drizzle config, by its name. */
export function isConfigName(path: string): boolean {
  return CONFIG.test(path.slice(path.lastIndexOf('/') + 1))
}

/**
 * Goes through all files of a tree once.
 *
 * @param wanted - paths asked for by name, and what is below them, are never skipped
 */
export function scanTree(tree: Tree, wanted: readonly string[] = []): Scan {
  const files = tree.list('')
  const configs: string[] = []
  const packages: string[] = []
  const skippedConfigs: string[] = []
  const counts = (path: string): boolean => !isSkipped(path) || isBelow(path, wanted)

  for (const { path } of files) {
    if (path.endsWith('package.json')) {
      if (/(?:^|\/)package\.json$/.test(path) && counts(path)) packages.push(path)
    } else if (path.includes('.config.') && looksLikeConfig(path)) {
      if (counts(path)) configs.push(path)
      else if (isConfigName(path)) skippedConfigs.push(path)
    }
  }
  const known = new Map(files.map(({ path, blob }) => [path, blob]))
  return {
    configs,
    packages,
    skippedConfigs,
    folders: migrationFolders(known.keys()),
    isFile: (path) => known.has(path),
    exists: (path) =>
      path === '' || known.has(path) || files.some((file) => file.path.startsWith(`${path}/`)),
    blob: (path) => known.get(path),
    hasSnapshots: (folder) =>
      files.some(({ path }) => {
        const [name, file, ...deeper] = path.slice(folder === '' ? 0 : folder.length + 1).split('/')
        const inFolder = folder === '' || path.startsWith(`${folder}/`)
        return inFolder && name !== '' && file === 'snapshot.json' && deeper.length === 0
      }),
  }
}

/** Whether a file may be a drizzle config, by its name and that of its folder. */
export function looksLikeConfig(path: string): boolean {
  return (
    EXTENSION.test(path) &&
    !/\.(?:d|test|spec)\.[mc]?[jt]s$/.test(path) &&
    (isConfigName(path) || CONFIG_LIKE.test(lastTwo(path)))
  )
}

function lastTwo(path: string): string {
  return path.split('/').slice(-2).join('/')
}
