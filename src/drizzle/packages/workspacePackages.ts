import type { Tree } from '../../git/tree.ts'
import { folderOf } from '../find/paths.ts'
import { isSkipped } from '../find/scan.ts'
import { type Manifest, parseManifest } from './manifest.ts'

/** A package of the repository that has a name. */
export interface WorkspacePackage {
  readonly name: string
  /** Relative to the root. */
  readonly folder: string
  readonly manifest: Manifest
}

/** The packages of a repository that have a name; in a monorepo they import each other by it. */
export function workspacePackages(tree: Tree): ReadonlyMap<string, WorkspacePackage> {
  const files = tree
    .list('')
    .flatMap(({ path }) => (/(?:^|\/)package\.json$/.test(path) && !isSkipped(path) ? [path] : []))
  return new Map(
    [...tree.readAll(files)].flatMap(([path, content]) => {
      const manifest = parseManifest(content.toString('utf8'))
      const { name } = manifest
      return typeof name === 'string' ? [[name, { name, folder: folderOf(path), manifest }]] : []
    }),
  )
}

/**
 * A package and those of the repository that it depends on, at whatever remove.
 *
 * @param folder - of the package; relative to the root
 * @returns folders, the package's own first
 */
export function packagesBehind(tree: Tree, folder: string): readonly string[] {
  const packages = workspacePackages(tree)
  const byFolder = new Map([...packages.values()].map((one) => [one.folder, one]))
  const found = new Set([folder])
  // A set goes on to what is added meanwhile.
  for (const one of found) {
    for (const name of Object.keys(byFolder.get(one)?.manifest.dependencies ?? {})) {
      const target = packages.get(name)
      if (target) found.add(target.folder)
    }
  }
  return [...found]
}

/** The package that an import by name means, if it is one of the repository. */
export function packageOf(
  packages: ReadonlyMap<string, WorkspacePackage>,
  request: string,
): WorkspacePackage | null {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(request)?.[0] ?? ''
  return packages.get(name) ?? null
}

/**
 * The folder of the package that a file belongs to: the nearest one upwards with a package.json.
 *
 * @param path - of a file or folder; relative to the root
 * @returns the root's where there is none
 */
export function packageFolderOf(tree: Tree, path: string): string {
  const files = new Set(tree.list('').map((file) => file.path))
  for (let at = path; at !== ''; at = folderOf(at)) if (files.has(`${at}/package.json`)) return at
  return ''
}
