import { ProblemError } from '../finding/problem.ts'
import { findCheckout, packageFolder, realFolder } from './checkout.ts'
import { gitIn } from './git.ts'
import type { Tree } from './tree.ts'
import { createWorkingTree, listPathsByGit, walk } from './workingTree.ts'

/** The project's files on disk and where they stand. */
export interface WorkingFiles {
  /** Absolute path of the top folder. */
  readonly root: string
  /** Absolute path of the git directory of this checkout; null outside of git. */
  readonly gitDir: string | null
  readonly tree: Tree
}

/**
 * The project's files, for a check that is told what is pending (`--since`, `--all`, files) and so
 * needs no git. Git is asked only if the whole checkout is listed, for what it ignores; a folder
 * is listed as it is on disk.
 *
 * @param cwd - any folder of the project
 * @returns rooted at the top of the checkout; outside of git at the nearest folder with a
 *   package.json, else at `cwd`
 */
export function workingTree(cwd: string, env: NodeJS.ProcessEnv = process.env): WorkingFiles {
  const checkout = findCheckout(cwd, env)
  if (checkout === null) {
    const root = packageFolder(realFolder(cwd))
    return { root, gitDir: null, tree: createWorkingTree(root, walk(root)) }
  }
  const { root, gitDir } = checkout
  const walked = walk(root)
  const listPaths = (folder: string): Iterable<string> => {
    if (folder !== '') return walked(folder)
    try {
      return listPathsByGit(gitIn(checkout, env))('')
    } catch (error) {
      // Without git installed, or with one that refuses the checkout, the files are still there.
      if (error instanceof ProblemError) return walked('')
      throw error
    }
  }
  return { root, gitDir, tree: createWorkingTree(root, listPaths) }
}
