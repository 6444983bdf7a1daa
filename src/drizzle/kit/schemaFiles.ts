import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { relativePath } from '../../finding/relativePath.ts'
import type { Tree } from '../../git/tree.ts'
import { folderOf } from '../find/paths.ts'

/**
 * The files that a project's `schema` names, in the tree under check rather than on disk: a glob
 * must not find what is not staged. As drizzle-kit has it (glob 8), a folder stands for the files
 * directly in it, and hidden files match no pattern.
 *
 * @param root - absolute path of the top folder
 * @param patterns - relative to the root
 * @returns paths relative to the root, sorted as drizzle-kit loads them, and the patterns that
 *   match nothing
 */
export async function schemaFiles(
  root: string,
  tree: Tree,
  patterns: readonly string[],
): Promise<{ readonly files: readonly string[]; readonly unmatched: readonly string[] }> {
  const paths = tree.list('').map(({ path }) => path)
  const known = new Set(paths)
  const files = new Set<string>()
  const unmatched: string[] = []
  for (const pattern of patterns) {
    const direct = (place: string): string[] =>
      known.has(place) ? [place] : paths.filter((path) => folderOf(path) === place)
    let found = direct(pattern)
    if (found.length === 0 && /[*?[\]{}()!]/.test(pattern)) {
      const { default: picomatch } = await import('picomatch')
      const matches = picomatch(pattern)
      // picomatch finds hidden files for what `!(…)` leaves out.
      const mayBeHidden = /(?:^|\/)\./.test(pattern)
      found = paths.filter((path) => matches(path) && (mayBeHidden || !/(?:^|\/)\./.test(path)))
    }
    // Trees hold no symbolic links; what they lead to may be in the tree.
    if (found.length === 0) found = direct(linkedTo(root, pattern) ?? pattern)
    if (found.length === 0) unmatched.push(pattern)
    for (const path of found) files.add(path)
  }
  return { files: [...files], unmatched }
}

function linkedTo(root: string, path: string): string | null {
  try {
    return relativePath(root, realpathSync(join(root, path)))
  } catch {
    return null
  }
}
