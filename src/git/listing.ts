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
  const listed = new Map<string, Listing>()
  return (given) => {
    const folder = normalFolder(given)
    const known = listed.get(folder)
    if (known !== undefined) return known.files
    const around = foldersAround(folder).find((outer) => listed.has(outer))
    const files = around === undefined ? load(folder) : listed.get(around)!.below(folder)
    listed.set(folder, new Listing(files))
    return files
  }
}

/** What is listed of a folder. In any order of paths, what lies in one folder stands together. */
class Listing {
  readonly files: readonly TreeFile[]
  /** Where the files of a folder begin and end; made when it is first asked for. */
  private ranges: Map<string, { readonly start: number; end: number }> | undefined

  constructor(files: readonly TreeFile[]) {
    this.files = files
  }

  below(folder: string): readonly TreeFile[] {
    this.ranges ??= this.read()
    const range = this.ranges.get(folder)
    return range === undefined ? [] : this.files.slice(range.start, range.end)
  }

  private read() {
    const ranges = new Map<string, { readonly start: number; end: number }>()
    for (const [at, { path }] of this.files.entries()) {
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const folder = path.slice(0, end)
        const range = ranges.get(folder)
        if (range === undefined) ranges.set(folder, { start: at, end: at + 1 })
        else range.end = at + 1
      }
    }
    return ranges
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
