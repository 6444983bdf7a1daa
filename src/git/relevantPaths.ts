import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../replaceFile.ts'

/** What a check depended on, as far as git knows it: to tell commits that need no other check. */
export interface RelevantPaths {
  /** Files and folders, relative to the root, whether they exist or not. */
  readonly paths: readonly string[]
  /** Globs, for what may appear anywhere: `**\/*.sql`. Case does not count. */
  readonly globs: readonly string[]
}

/** Longer lists are shortened to folders: all of it has to fit on a command line. */
const MOST_BYTES = 24_000

/**
 * The pathspecs that match everything relevant; more than that where there is too much to list,
 * or a name that a list in lines cannot hold.
 *
 * @param most - how many bytes the literal ones may take
 */
export function pathspecsOf({ paths, globs }: RelevantPaths, most = MOST_BYTES): readonly string[] {
  const magic = globs.map((glob) => `:(top,icase,glob)${glob}`)
  const literal = (some: readonly string[]) => some.map((path) => `:(top,literal)${path}`)
  let folders = outermost(paths.map(listable))
  for (let depth = deepest(folders) - 1; bytes(literal(folders)) > most && depth > 0; depth--) {
    folders = outermost(folders.map((path) => path.split('/').slice(0, depth).join('/')))
  }
  return folders.includes('') || bytes(literal(folders)) > most
    ? [':(top)']
    : [...magic, ...literal(folders)]
}

/** A path up to the first name with a line end in it, or that is no UTF-8 and so not known. */
function listable(path: string): string {
  const names = path.split('/')
  const bad = names.findIndex((name) => /[\n\0\ufffd]/.test(name))
  return (bad < 0 ? names : names.slice(0, bad)).join('/')
}

/** Without what lies in another one of them. */
function outermost(paths: readonly string[]): readonly string[] {
  const all = new Set(paths)
  const liesInOther = (path: string): boolean => {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      if (all.has(path.slice(0, at))) return true
    }
    return false
  }
  return [...all].filter((path) => !liesInOther(path)).sort()
}

function deepest(paths: readonly string[]): number {
  return Math.max(0, ...paths.map((path) => path.split('/').length))
}

function bytes(words: readonly string[]): number {
  return Buffer.byteLength(words.join('\n'))
}

/** Changes whenever the hook could not read the list any more. */
const FORMAT = 'migration-lint-paths-1'

/** Not in the folder of `lint/store.ts`, which drops what is old. */
const FILE = 'migration-lint.paths'

/**
 * Leaves a list for `hooks/pre-commit`, in lines: format, commit, number of pathspecs, pathspecs.
 * The hook need not start Node as long as the index has the commit's content at all of them.
 *
 * @param gitDir - of the checkout; linked worktrees have their own
 * @param commit - whose content, at these paths, was checked without a problem
 */
export function writeRelevantPaths(
  gitDir: string,
  commit: string,
  pathspecs: readonly string[],
): void {
  const lines = [FORMAT, commit, String(pathspecs.length), ...pathspecs]
  try {
    replaceFile(join(gitDir, FILE), Buffer.from(`${lines.join('\n')}\n`))
  } catch {
    // Without a list the hook checks; a git directory that cannot be written to is no problem.
    removeRelevantPaths(gitDir)
  }
}

/** Makes the next commit be checked whatever it holds. */
export function removeRelevantPaths(gitDir: string): void {
  try {
    rmSync(join(gitDir, FILE), { force: true })
  } catch {
    return
  }
}
