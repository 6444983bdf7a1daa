import { accessSync, chmodSync, constants, existsSync, rmSync, rmdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ProblemError } from '../finding/problem.ts'
import { replaceFile } from '../cache/replaceFile.ts'
import type { Edit } from './files.ts'

/**
 * Writes all edits, or none: what cannot be written is found before anything is, and what fails all
 * the same takes back what was written. Modes are kept.
 *
 * @param root - absolute
 * @throws ProblemError where something cannot be written
 */
export function applyEdits(root: string, edits: readonly Edit[]): void {
  for (const { path } of edits) requireWritable(root, path)
  const done: Edit[] = []
  const folders: string[] = []
  try {
    for (const edit of edits) {
      done.push(edit)
      folders.push(...missingFolders(root, dirname(edit.path)))
      put(join(root, edit.path), edit.after, edit.mode)
      if (edit.after === null) removeEmptyFolders(root, dirname(edit.path))
    }
  } catch (error) {
    for (const { path, before, mode } of done.toReversed()) put(join(root, path), before, mode)
    for (const folder of folders.toReversed()) removeIfEmpty(join(root, folder))
    throw new ProblemError({
      message: `${done.at(-1)?.path} cannot be written (${(error as Error).message}); nothing was changed`,
      file: done.at(-1)?.path ?? null,
      help: 'Make it writable and run this again.',
    })
  }
}

/** @throws ProblemError where a file or the folder it belongs in cannot be written */
export function requireWritable(root: string, path: string): void {
  const file = join(root, path)
  let at = file
  while (!existsSync(at)) at = dirname(at)
  try {
    accessSync(at, constants.W_OK)
    accessSync(existsSync(dirname(file)) ? dirname(file) : at, constants.W_OK)
    // Root may write anything: what its owner has made read-only is meant to stay as it is.
    if (at === file && (statSync(file).mode & 0o200) === 0) throw new Error('read-only')
  } catch {
    throw new ProblemError({
      message: `${path} is read-only; nothing was changed`,
      file: path,
      help: `Make ${path} writable and run this again.`,
    })
  }
}

function put(file: string, text: string | null, mode: number | null): void {
  if (text === null) {
    rmSync(file, { force: true })
    return
  }
  const old = statSync(file, { throwIfNoEntry: false })
  replaceFile(file, Buffer.from(text))
  const wanted = old === undefined ? mode : old.mode & 0o7777
  if (wanted !== null) chmodSync(file, wanted)
}

/** Folders that do not exist yet, the outermost first. */
function missingFolders(root: string, folder: string): string[] {
  if (folder === '.' || existsSync(join(root, folder))) return []
  return [...missingFolders(root, dirname(folder)), folder]
}

function removeEmptyFolders(root: string, folder: string): void {
  for (let at = folder; at !== '.' && !/^\.git(?:\/|$)/.test(at); at = dirname(at)) {
    if (!removeIfEmpty(join(root, at))) return
  }
}

function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return false
  }
}
