import type { TreeFile } from './tree.ts'

/**
 * Remembers what was listed, so that a folder inside a listed one costs nothing.
 *
 * @param load - lists the files below a folder (`''`: all), in byte order of their paths
 * @returns the same, remembering; folders may be written with a trailing slash or as `.`
 */
export function rememberListings(
  load: (folder: string) => readonly TreeFile[],
): (folder: string) => readonly TreeFile[] {
  const listed = new Map<string, readonly TreeFile[]>()
  return (given) => {
    const folder = normalFolder(given)
    let files = listed.get(folder)
    if (files === undefined) {
      const around = foldersAround(folder).find((outer) => listed.has(outer))
      files =
        around === undefined
          ? load(folder)
          : listed.get(around)!.filter(({ path }) => path.startsWith(`${folder}/`))
      listed.set(folder, files)
    }
    return files
  }
}

/** The folder as paths of a tree spell it. */
export function normalFolder(folder: string): string {
  return folder
    .replace(/^(\.\/+)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '')
}

/** The folders a path lies in, from the nearest to the root (`''`). */
export function foldersAround(path: string): string[] {
  const folders = []
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    folders.push(path.slice(0, at))
  }
  return path === '' ? folders : [...folders, '']
}

/** Sorts paths by their UTF-8 bytes, as git does; UTF-16 order differs beyond the basic plane. */
export function sortByBytes(paths: Iterable<string>): string[] {
  const sorted = [...paths].sort()
  if (!sorted.some((path) => /[\ud800-\udfff]/.test(path))) return sorted
  return sorted.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}
