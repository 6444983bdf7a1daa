import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../cache/replaceFile.ts'

/** What a check depended on, as far as git knows it: to tell commits that need no other check. */
export interface RelevantPaths {
  /** Files and folders, relative to the root, whether they exist or not. */
  readonly paths: readonly string[]
  /** Modules: a new file beside one, with another extension, may be imported in its place. */
  readonly modules: readonly string[]
  /** Globs, for what may appear anywhere: `**\/*.sql`. Case does not count. */
  readonly globs: readonly string[]
}

/** Longer lists are shortened to folders: all of it has to fit on a command line. */
const MOST_BYTES = 24_000

/**
 * The pathspecs that match everything relevant; more than that where there is too much to list,
 * or a name that a list in lines cannot hold.
 *
 * @param most - how many bytes those may take that name files and folders
 */
export function pathspecsOf(
  { paths, modules, globs }: RelevantPaths,
  most = MOST_BYTES,
): readonly string[] {
  const anywhere = globs.map(glob)
  const folders = outermost(paths.map(listable))
  const sources = modules.map(listable).filter((path) => !liesIn(new Set(folders), path))
  const named = [...folders.map(literal), ...new Set(sources.flatMap(sameImport).map(glob))]
  if (folders.includes('') || sources.includes('')) return EVERYTHING
  if (bytes(named) <= most) return [...anywhere, ...named]
  let shorter = outermost([...folders, ...sources.map(folderOf)])
  for (let depth = deepest(shorter) - 1; bytes(shorter.map(literal)) > most && depth > 0; depth--) {
    shorter = outermost(shorter.map((path) => path.split('/').slice(0, depth).join('/')))
  }
  const isShort = !shorter.includes('') && bytes(shorter.map(literal)) <= most
  return isShort ? [...anywhere, ...shorter.map(literal)] : EVERYTHING
}

const EVERYTHING = [':(top)']

const literal = (path: string): string => `:(top,literal)${path}`
const glob = (pattern: string): string => `:(top,icase,glob)${pattern}`

/** The files that one import could mean: `./a` is `a.ts`, `a.js` …, or `index.ts` … in `a/`. */
function sameImport(path: string): readonly string[] {
  const stem = path.replace(/(?<=[^/])\.[^./]+$/, '')
  const folder = /^(.+)\/index$/.exec(stem)?.[1]
  return [stem, ...(folder === undefined ? [] : [folder])].map((name) => `${escaped(name)}.*`)
}

function escaped(path: string): string {
  return path.replace(/[\\*?[\]]/g, String.raw`\$&`)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
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
  return [...all].filter((path) => !liesIn(all, path)).sort()
}

function liesIn(folders: ReadonlySet<string>, path: string): boolean {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (folders.has(path.slice(0, at))) return true
  }
  return false
}

function deepest(paths: readonly string[]): number {
  return Math.max(0, ...paths.map((path) => path.split('/').length))
}

function bytes(words: readonly string[]): number {
  return Buffer.byteLength(words.join('\n'))
}

/** Change whenever the hook could not read the list any more. */
const FORMAT = 'migration-lint-paths-2'
const FORMAT_FOR_COMMITS = 'migration-lint-commit-paths-2'

/** Not in the folder of `lint/store.ts`, which drops what is old. */
const FILE = 'migration-lint.paths'

/**
 * Leaves a list for `hooks/pre-commit`, in lines: format, version of the hook, commit, number of
 * pathspecs, pathspecs; and all of it once more, so that the shell can tell a damaged one. The hook need not start Node as long as the index has the commit's content at all of them.
 *
 * @param gitDir - of the checkout; linked worktrees have their own
 * @param commit - whose content, at these paths, was checked without a problem
 * @param version - of the hook that has started us; empty where none did
 * @param commitsOnly - whether the list is no good for pushes
 */
export function writeRelevantPaths(
  gitDir: string,
  commit: string,
  pathspecs: readonly string[],
  version: string,
  commitsOnly: boolean,
): void {
  const format = commitsOnly ? FORMAT_FOR_COMMITS : FORMAT
  const lines = [format, `version ${version}`, commit, String(pathspecs.length), ...pathspecs]
  try {
    replaceFile(
      join(gitDir, FILE),
      Buffer.from([...lines, 'again', ...lines, ''].join('\n')),
      0o600,
    )
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
