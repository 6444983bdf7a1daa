import { createBlobReader } from './blobs.ts'
import { openGit } from './git.ts'
import { originHead } from './commitHistory.ts'
import { createCommitTree } from './objectTree.ts'
import type { Tree } from './tree.ts'

/** The states of a checkout before and after the last merge. */
export interface Arrival {
  /** Absolute path of the top folder. */
  readonly root: string
  readonly before: Tree
  readonly after: Tree
}

/**
 * What the last merge or pull did; for a post-merge hook, while ORIG_HEAD is what HEAD was before.
 *
 * @returns null where nothing was merged
 * @throws ProblemError outside of a checkout and without git
 */
export async function lastArrival(cwd: string, env: NodeJS.ProcessEnv): Promise<Arrival | null> {
  const git = openGit(cwd, env, originHead)
  const before = await git.ask(['rev-parse', '--verify', '--quiet', 'ORIG_HEAD^{commit}'])
  if (before === null || git.head.commit === null) return null
  const blobs = createBlobReader(git)
  return {
    root: git.root,
    before: createCommitTree(git, blobs, before, 'the commit before the merge'),
    after: createCommitTree(git, blobs, git.head.commit, 'HEAD'),
  }
}
