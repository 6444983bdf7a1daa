import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { IrregularFile, readRegularFile } from '../disk/readRegularFile.ts'
import { ProblemError } from '../finding/problem.ts'
import type { BlobReader } from './blobs.ts'
import type { Git } from './git.ts'
import { rememberListings, sortByBytes } from './listing.ts'
import { splitRecords } from './objectTree.ts'
import type { Tree } from './tree.ts'

/** Lists paths below a folder, in any order, also such that are no regular files. */
export type ListPaths = (folder: string) => Iterable<string>

/**
 * Files that belong to the working directory but are not on disk, since the checkout is a sparse one
 * (or somebody has set skip-worktree): what git has of them counts.
 */
export interface SparseFiles {
  /** Their blob ids, by path; known as far as folders have been listed. */
  readonly ids: Map<string, string>
  readonly blobs: BlobReader
}

/**
 * The files on disk. Symbolic links are skipped; contents are read when asked for.
 *
 * @param root - absolute path of the top folder
 * @param listPaths - which paths belong to it: `listPathsByGit` or `walk`
 * @param sparse - filled by `listPaths`
 */
export function createWorkingTree(
  root: string,
  listPaths: ListPaths,
  sparse: SparseFiles | null = null,
): Tree {
  const isFile = (path: string): boolean =>
    ifThere(path, () => lstatSync(join(root, path)).isFile()) === true
  const sparseId = (path: string): string | undefined => {
    const id = sparse?.ids.get(path)
    return id === undefined || isFile(path) ? undefined : id
  }
  const read = (path: string): Buffer | undefined => {
    const id = sparseId(path)
    return id === undefined
      ? ifThere(path, () => (isFile(path) ? readRegularFile(join(root, path)) : undefined))
      : sparse!.blobs.readAll([id]).get(id)
  }
  return {
    ...(sparse && {
      changedOnDisk: () => [...sparse.ids.keys()].filter((path) => !isFile(path)),
    }),
    label: 'the working directory',
    // The whole of a large checkout is listed for its names only: a look at each file would cost
    // more than everything else. `read` skips what is no file all the same.
    list: rememberListings((folder) => {
      const paths = sortByBytes(new Set(listPaths(folder)))
      const isThere = (path: string) => sparseId(path) !== undefined || isFile(path)
      return (folder === '' ? paths : paths.filter(isThere)).map((path) => {
        const blob = sparseId(path)
        return blob === undefined ? { path } : { path, blob }
      })
    }),
    read,
    stamp(path) {
      const stats = lstatSync(join(root, path), { throwIfNoEntry: false })
      return stats?.isFile()
        ? [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino].join()
        : undefined
    },
    readAll(paths) {
      // One process for all that git is asked for.
      sparse?.blobs.readAll(paths.flatMap((path) => sparseId(path) ?? []))
      const contents = new Map<string, Buffer>()
      for (const path of paths) {
        const content = read(path)
        if (content !== undefined) contents.set(path, content)
      }
      return contents
    },
  }
}

/**
 * Tracked files, and untracked ones that are not ignored.
 *
 * @param sparse - takes the ids of those that are not to be on disk
 */
export function listPathsByGit(
  git: Pick<Git, 'run'>,
  sparse: SparseFiles | null = null,
): ListPaths {
  return (folder) => {
    const records = splitRecords(
      git.run([
        'ls-files',
        '-tsz',
        '--full-name',
        '--cached',
        '--others',
        '--deleted',
        '--exclude-standard',
        '--',
        ...(folder === '' ? [] : [`${folder}/`]),
      ]),
    )
    for (const record of records) {
      const [, id, path] = SPARSE.exec(record) ?? []
      if (id !== undefined) sparse?.ids.set(path!, id)
    }
    // A tracked file that is gone from the disk is listed twice, once with the tag R.
    const gone = new Set(records.filter((record) => record.startsWith('R ')).map(pathOf))
    return (
      records
        .filter((record) => !LINK.test(record))
        .map(pathOf)
        // A repository inside this one is listed as a folder.
        .filter((path) => !gone.has(path) && !path.endsWith('/'))
    )
  }
}

/** `H 100644 <id> 0<tab>path` for what is tracked, `? path` for what is not. */
function pathOf(record: string): string {
  return record.startsWith('? ') ? record.slice(2) : record.slice(record.indexOf('\t') + 1)
}

/** A tracked regular file with the flag skip-worktree. */
const SPARSE = /^[Ss] 100\d{3} ([0-9a-f]+) 0\t([^]+)$/

/** A tracked symbolic link or submodule. */
const LINK = /^\S (?:120000|160000) /

/** Every file, without asking git; installed packages and build output are left out. */
export function walk(root: string): ListPaths {
  return function* below(folder: string): Generator<string> {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isFile()) yield path
      else if (entry.isDirectory() && !skippedFolders.has(entry.name)) yield* below(path)
    }
  }
}

const skippedFolders = new Set(['node_modules', '.git', 'dist'])

/** What is in a folder; git too passes over folders that may not be read (a database's, say). */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (isAbsence(error) || isDenial(error)) return []
    throw error
  }
}

/** What a look at a path gives; undefined where nothing is there. */
function ifThere<T>(path: string, look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (isAbsence(error)) return undefined
    if (error instanceof IrregularFile) {
      throw new ProblemError({
        message: `${path} ${error.reason}, so it was not read`,
        file: path,
        help: 'Make it smaller, or leave it out of the project.',
      })
    }
    if (!isDenial(error)) throw error
    throw new ProblemError({
      message: `${path} cannot be read: permission denied`,
      file: path,
      help: 'Give the user who runs migration-lint the right to read it.',
    })
  }
}

function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error))
}

function isDenial(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code)
}
