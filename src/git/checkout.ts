import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readRegularFile } from '../disk/readRegularFile.ts'

/** Where a checkout stands: its top folder and the git directory that belongs to it. */
export interface CheckoutPlace {
  readonly root: string
  readonly gitDir: string
}

/**
 * Finds the checkout a folder lies in without starting git, the way git does: the nearest `.git`
 * upwards, which is a folder, or in linked worktrees and submodules a file naming one.
 *
 * @param cwd - the folder to start from
 * @param env - `GIT_DIR` and `GIT_WORK_TREE` win where both are given
 * @returns absolute paths, or null outside of any checkout
 */
export function findCheckout(cwd: string, env: NodeJS.ProcessEnv): CheckoutPlace | null {
  if (env.GIT_DIR && env.GIT_WORK_TREE) {
    return { root: resolve(cwd, env.GIT_WORK_TREE), gitDir: resolve(cwd, env.GIT_DIR) }
  }
  let folder = realFolder(cwd)
  for (;;) {
    const gitDir = gitDirOf(join(folder, '.git'))
    if (gitDir !== null) return { root: folder, gitDir }
    const parent = dirname(folder)
    if (parent === folder) return null
    folder = parent
  }
}

/** The folder without symbolic links, as git reports it; itself where it does not exist. */
export function realFolder(folder: string): string {
  try {
    return realpathSync.native(folder)
  } catch {
    return resolve(folder)
  }
}

function gitDirOf(dotGit: string): string | null {
  const stats = statSync(dotGit, { throwIfNoEntry: false })
  if (stats === undefined) return null
  if (stats.isDirectory()) {
    const head = statSync(join(dotGit, 'HEAD'), { throwIfNoEntry: false })
    return head === undefined ? null : dotGit
  }
  const pointer = /^gitdir: (.+?)\r?\n?$/.exec(contentOf(dotGit))
  return pointer === null ? null : resolve(dirname(dotGit), pointer[1]!)
}

function contentOf(file: string): string {
  try {
    return readRegularFile(file).toString('utf8')
  } catch {
    // What it is good for, git will say.
    return ''
  }
}

/** Outside of git the top of a project: the nearest folder with a package.json, else the start. */
export function packageFolder(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (dirname(folder) === folder) return start
  }
}
