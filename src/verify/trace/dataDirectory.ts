/** A file or folder of a data directory. */
export interface DataEntry {
  /** Below the directory, with slashes. */
  readonly path: string
  /** Null: it is a folder. */
  readonly data: Uint8Array | null
}

/** A database at rest: the files that the server keeps it in, folders before what is in them. */
export type DataDirectory = readonly DataEntry[]

/** What is used of the file system in memory that the embedded server works on. */
export interface MemoryFiles {
  readdir(path: string): readonly string[]
  stat(path: string): { readonly mode: number }
  isDir(mode: number): boolean
  mkdirTree(path: string, mode?: number): void
  readFile(path: string): Uint8Array
  writeFile(path: string, data: Uint8Array, options: { readonly mode: number }): void
}

/** Copies the files below a folder. */
export function readDirectory(files: MemoryFiles, root: string): DataDirectory {
  const entries: DataEntry[] = []
  const visit = (folder: string): void => {
    for (const name of files.readdir(root + folder)) {
      if (name === '.' || name === '..') continue
      const path = `${folder}/${name}`
      const isFolder = files.isDir(files.stat(root + path).mode)
      entries.push({ path: path.slice(1), data: isFolder ? null : files.readFile(root + path) })
      if (isFolder) visit(path)
    }
  }
  visit('')
  return entries
}

/** Puts files below a folder, readable by nobody else: the server insists on it. */
export function writeDirectory(files: MemoryFiles, root: string, directory: DataDirectory): void {
  files.mkdirTree(root, 0o700)
  for (const { path, data } of directory) {
    if (data === null) files.mkdirTree(`${root}/${path}`, 0o700)
    else files.writeFile(`${root}/${path}`, data, { mode: 0o600 })
  }
}

/** The size in which databases are read and written; much of what they hold is pages of zeros. */
const PAGE = 8192

/** Where the content of an entry is: stretches of it, or that of an entry before it. */
type Packed =
  | { readonly path: string }
  | { readonly path: string; readonly size: number; readonly same: number }
  | { readonly path: string; readonly size: number; readonly runs: readonly number[] }

/**
 * A directory as one stretch of bytes, without its zeros and what is in it twice: template databases
 * are copies of each other.
 */
export function packDirectory(directory: DataDirectory): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const bySize = new Map<number, number[]>()
  const head = directory.map(({ path, data }, at): Packed => {
    if (data === null) return { path }
    const size = data.length
    const alike = bySize.get(size) ?? []
    const same = alike.find((other) => Buffer.compare(directory[other]!.data!, data) === 0)
    if (same !== undefined) return { path, size, same }
    bySize.set(size, [...alike, at])
    const runs = runsOf(data)
    for (let i = 0; i < runs.length; i += 2) parts.push(data.subarray(runs[i], runs[i + 1]))
    return { path, size, runs }
  })
  const text = new TextEncoder().encode(JSON.stringify(head))
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const packed = new Uint8Array(4 + text.length + length)
  new DataView(packed.buffer).setUint32(0, text.length)
  packed.set(text, 4)
  let at = 4 + text.length
  for (const part of parts) {
    packed.set(part, at)
    at += part.length
  }
  return packed
}

/** The directory that `packDirectory` was given. */
export function unpackDirectory(packed: Uint8Array): DataDirectory {
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0)
  const head = JSON.parse(
    new TextDecoder().decode(packed.subarray(4, 4 + length)),
  ) as readonly Packed[]
  let at = 4 + length
  const entries: DataEntry[] = []
  for (const entry of head) {
    if (!('size' in entry)) {
      entries.push({ path: entry.path, data: null })
      continue
    }
    if ('same' in entry) {
      entries.push({ path: entry.path, data: entries[entry.same]!.data })
      continue
    }
    const data = new Uint8Array(entry.size)
    for (let i = 0; i < entry.runs.length; i += 2) {
      const from = entry.runs[i]!
      const size = entry.runs[i + 1]! - from
      data.set(packed.subarray(at, at + size), from)
      at += size
    }
    entries.push({ path: entry.path, data })
  }
  return entries
}

const ZEROS = new Uint8Array(PAGE)

/** From and to, in turn, of the stretches that are not all zeros. */
function runsOf(data: Uint8Array): readonly number[] {
  const runs: number[] = []
  for (let from = 0; from < data.length; from += PAGE) {
    const page = data.subarray(from, from + PAGE)
    if (Buffer.compare(page, ZEROS.subarray(0, page.length)) === 0) continue
    const to = from + page.length
    if (runs.at(-1) === from) runs[runs.length - 1] = to
    else runs.push(from, to)
  }
  return runs
}
