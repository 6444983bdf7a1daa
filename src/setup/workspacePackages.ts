import { folderOf } from '../drizzle/find/paths.ts'
import { isSkipped } from '../drizzle/find/scan.ts'
import type { Tree } from '../git/tree.ts'
import { type Manifest, manifestOf } from './manifest.ts'

export interface WorkspacePackage {
  readonly name: string
  /** Relative to the root. */
  readonly folder: string
  readonly manifest: Manifest
}

/** The packages of a repository that have a name; in a monorepo they import each other by it. */
export function workspacePackages(tree: Tree): ReadonlyMap<string, WorkspacePackage> {
  const found = new Map<string, WorkspacePackage>()
  for (const { path } of tree.list('')) {
    if (!/(?:^|\/)package\.json$/.test(path) || isSkipped(path)) continue
    const folder = folderOf(path)
    const manifest = manifestOf(tree, folder)
    if (typeof manifest?.name === 'string')
      found.set(manifest.name, { name: manifest.name, folder, manifest })
  }
  return found
}
