import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Git } from './git.ts'
import { rememberListings, sortByBytes } from './listing.ts'
import { splitRecords } from './object-tree.ts'
import type { Tree } from './tree.ts'

/** Lists paths below a folder, in any order, also such that are no regular files. */
export type ListPaths = (folder: string) => Iterable<string>

/**
 * The files on disk. Symbolic links are skipped; contents are read when asked for.
 *
 * @param root - absolute path of the top folder
 * @param listPaths - which paths belong to it: `listPathsByGit` or `walk`
 */
export function createWorkingTree(root: string, listPaths: ListPaths): Tree {
  const isFile = (path: string): boolean =>
    lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true
  const read = (path: string): Buffer | undefined => {
    try {
      return isFile(path) ? readFileSync(join(root, path)) : undefined
    } catch (error) {
      if (isAbsence(error)) return undefined
      throw error
    }
  }
  return {
    label: 'the working directory',
    list: rememberListings((folder) =>
      sortByBytes(new Set(listPaths(folder))).filter(isFile).map((path) => ({ path }))),
    read,
    readAll(paths) {
      const contents = new Map<string, Buffer>()
      for (const path of paths) {
        const content = read(path)
        if (content !== undefined) contents.set(path, content)
      }
      return contents
    },
  }
}

/** Tracked files, and untracked ones that are not ignored. */
export function listPathsByGit(git: Pick<Git, 'run'>): ListPaths {
  return (folder) => splitRecords(git.run([
    'ls-files',
    '-z',
    '--full-name',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ...(folder === '' ? [] : [`${folder}/`]),
  ]))
}

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

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (isAbsence(error)) return []
    throw error
  }
}

function isAbsence(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR'
}
