import { join } from 'node:path'
import type { Tree } from '../../git/tree.ts'

/** What a schema can be made of; other changed files need not be read. */
const SOURCE = /(?:^|[./])(?:[mc]?[jt]sx?|json5?|env(?:\.\w+)?)$/

/**
 * The files whose content in a tree is not what lies on disk.
 *
 * @param root - absolute path of the top folder
 * @returns content by absolute path; null for what is not in the tree
 */
export function overlayOf(root: string, tree: Tree): ReadonlyMap<string, Buffer | null> {
  const changed = (tree.changedOnDisk?.() ?? []).filter(isSource)
  const contents = tree.readAll(changed)
  return new Map(changed.map((path) => [join(root, path), contents.get(path) ?? null]))
}

/** Whether a file may be part of what a schema is made of, by its name. */
export function isSource(path: string): boolean {
  return SOURCE.test(path)
}
