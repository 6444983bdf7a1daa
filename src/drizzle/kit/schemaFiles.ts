import { readdirSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { relativePath } from '../../finding/relativePath.ts'
import type { Tree } from '../../git/tree.ts'
import { folderOf } from '../find/paths.ts'
import { fixedPart } from '../find/placement.ts'
import { below } from '../migrations/layout.ts'

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
  return matching(root, paths, patterns)
}

/**
 * The files on disk that some patterns name and that git ignores: a schema that a build writes.
 *
 * @param root - absolute path of the top folder
 * @param tree - a state that is, or is going to be, on disk
 * @param patterns - that match nothing in the tree; relative to the root
 */
export async function builtFiles(
  root: string,
  tree: Tree,
  patterns: readonly string[],
): Promise<readonly string[]> {
  const starts = new Set(patterns.map(fixedPart).filter((start) => start !== ''))
  const paths = [...starts].flatMap((start) => pathsOnDisk(root, start))
  const { files } = await matching(root, paths, patterns)
  if (files.length === 0) return []
  const known = new Set([
    ...tree.list('').map(({ path }) => path),
    ...(tree.changedOnDisk?.() ?? []),
    ...(tree.strays?.(files) ?? []),
  ])
  return files.filter((path) => !known.has(path))
}

/** The files at or below a path; of a folder that is installed or git's own, none. */
function pathsOnDisk(root: string, start: string): readonly string[] {
  const stats = statSync(join(root, start), { throwIfNoEntry: false })
  if (stats?.isFile()) return [start]
  if (!stats?.isDirectory()) return []
  return readdirSync(join(root, start), { withFileTypes: true }).flatMap((entry) => {
    const path = below(start, entry.name)
    if (entry.isFile()) return [path]
    return entry.isDirectory() && !/^(?:node_modules|\.git)$/.test(entry.name)
      ? pathsOnDisk(root, path)
      : []
  })
}

async function matching(
  root: string,
  paths: readonly string[],
  patterns: readonly string[],
): Promise<{ readonly files: readonly string[]; readonly unmatched: readonly string[] }> {
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
