import type { Tree } from '../../git/tree.ts'
import { folderOf } from '../paths.ts'

/**
 * The files that a project's `schema` names, in the tree under check rather than on disk: a glob
 * must not find what is not staged. As drizzle-kit has it (glob 8), a folder stands for the files
 * directly in it, and hidden files match no pattern.
 *
 * @param patterns - relative to the root
 * @returns paths relative to the root, sorted as drizzle-kit loads them, and the patterns that
 *   match nothing
 */
export async function schemaFiles(
  tree: Tree,
  patterns: readonly string[],
): Promise<{ readonly files: readonly string[]; readonly unmatched: readonly string[] }> {
  const paths = tree.list('').map(({ path }) => path)
  const known = new Set(paths)
  const files = new Set<string>()
  const unmatched: string[] = []
  for (const pattern of patterns) {
    let found = known.has(pattern) ? [pattern] : paths.filter((path) => folderOf(path) === pattern)
    if (found.length === 0 && /[*?[\]{}()!]/.test(pattern)) {
      const { default: picomatch } = await import('picomatch')
      const matches = picomatch(pattern)
      found = paths.filter((path) => matches(path))
    }
    if (found.length === 0) unmatched.push(pattern)
    for (const path of found) files.add(path)
  }
  return { files: [...files], unmatched }
}
