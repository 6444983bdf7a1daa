import { type PushTarget, resolveBase } from './base.ts'
import { openStore } from '../cache/store.ts'
import { createBlobReader } from './blobs.ts'
import type { BlobReader } from './blobs.ts'
import { readCiChange } from './ci.ts'
import { createEmptyTree } from './emptyTree.ts'
import { openGit } from './git.ts'
import type { Git } from './git.ts'
import { isBranchName, originHead } from './commitHistory.ts'
import { type KeptObjects, openKeptObjects } from './keptObjects.ts'
import { createIndexTree, listStagedPaths, listStrays } from './indexTree.ts'
import { createCommitTree, listChangedOnDisk, listChangedPaths } from './objectTree.ts'
import { askThroughSimpleGit } from './simple.ts'
import type { Tree } from './tree.ts'
import { createWorkingTree, listPathsByGit, type SparseFiles } from './workingTree.ts'

/** The states of the project a check compares, and which of its findings to report. */
export interface DeploymentTrees {
  /** Absolute path of the top folder. */
  readonly root: string
  /** Absolute path of the git directory of this checkout; null outside of git. */
  readonly gitDir: string | null
  /** What production has: the merge base of HEAD with the production branch. */
  readonly deployed: Tree
  /** The tip of that branch; the same object as `deployed` where it is the same commit. */
  readonly target: Tree
  /** The tree under check: the index, a commit, or the working directory with untracked files. */
  readonly after: Tree
  /** `touched`: only what HEAD → index touches, or what is pushed. */
  readonly scope: Scope
  /**
   * Every path at which the tree under check differs from `deployed`, in either; null where there is
   * no commit to compare with.
   */
  changed(): ReadonlySet<string> | null
  /** How the base was found, for messages: `origin/main`. */
  readonly base: string | null
  /** Whether nothing is known of production: the remote of a push has no production branch yet. */
  readonly isNew: boolean
  /** The commit that is checked out; null before the first one. */
  readonly head: string | null
  /** Whether committing the index would change a file that one of the pathspecs matches. */
  stages(pathspecs: readonly string[]): boolean
  /**
   * Reads files of all trees with one process, before they are asked for one by one.
   *
   * @param files - in the tree under check
   * @param folders - that will be listed in the others; `files` inside them are read there too
   */
  readAhead(files: readonly string[], folders: readonly string[]): void
}

export type Scope =
  { readonly kind: 'all' } | { readonly kind: 'touched'; readonly paths: ReadonlySet<string> }

export interface TreeSelection {
  readonly mode: 'default' | 'staged' | 'base' | 'pushed'
  /** In the mode `pushed`: the commit that is pushed, and the one that is there; null: none yet. */
  readonly push?: {
    readonly from: string | null
    readonly to: string
    readonly onto?: PushTarget
  }
  /** Of `--base`; also counts in the mode `staged`. */
  readonly base?: string
  /** Of the configuration. */
  readonly configuredBase?: string
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/**
 * Finds the trees of a check that asks git what is pending.
 *
 * @throws ProblemError outside of a checkout, without git, for an unknown base, where no
 *   production branch can be found, in a clone too shallow
 */
export async function resolveTrees(selection: TreeSelection): Promise<DeploymentTrees> {
  const { mode, cwd, env, push } = selection
  const staged = mode === 'staged'
  const inHook = staged || push !== undefined
  const git = openGit(cwd, env, likelyBase(selection), push?.to)
  const base = await resolveBase(git, inHook ? git.ask : askThroughSimpleGit(git), {
    explicit: selection.base,
    configured: selection.configuredBase,
    ci: readCiChange(env),
    inCi: Boolean(env.CI) && env.CI !== 'false',
    push: push?.onto && { ...push.onto, from: push.from },
  })

  const kept = openKeptObjects(inHook ? openStore(git.root, git.gitDir) : null)
  const blobs = createBlobReader(git, kept)
  const name = base.name ?? 'nothing (there is no commit yet)'
  const deployed = treeOf(git, blobs, kept, base.deployed, name)
  const target =
    base.target === base.deployed ? deployed : treeOf(git, blobs, kept, base.target, name)
  const sparse: SparseFiles = { ids: new Map(), blobs }
  const after = staged
    ? createIndexTree(git, blobs)
    : push
      ? createPushedTree(git, blobs, kept, push.to)
      : createWorkingTree(git.root, listPathsByGit(git, sparse), sparse)
  return {
    root: git.root,
    gitDir: git.gitDir,
    deployed,
    target,
    after,
    scope: scopeOf(git, selection),
    changed: () => changedSince(git, base.deployed, selection),
    base: base.name,
    isNew: base.isNew === true,
    head: git.head.commit,
    stages: (pathspecs) =>
      !git.answersYes(['diff-index', '--cached', '--quiet', 'HEAD', '--', ...pathspecs]),
    readAhead(files, folders) {
      const wanted = new Set(files)
      const listed = [...after.list(''), ...folders.flatMap((folder) => deployed.list(folder))]
      blobs.readAll(
        listed.flatMap(({ path, blob }) => (blob !== undefined && wanted.has(path) ? [blob] : [])),
      )
    },
  }
}

function createPushedTree(git: Git, blobs: BlobReader, kept: KeptObjects, commit: string): Tree {
  const tree = createCommitTree(
    git,
    blobs,
    commit,
    `the pushed commit ${commit.slice(0, 12)}`,
    kept,
  )
  return { ...tree, strays: listStrays(git) }
}

function scopeOf(git: Git, { mode, push }: TreeSelection): Scope {
  if (mode === 'staged') return { kind: 'touched', paths: listStagedPaths(git) }
  // After a forced push the remote may have a commit that is not here.
  const isHere = push?.from != null && git.answersYes(['cat-file', '-e', `${push.from}^{commit}`])
  if (!push?.from || !isHere) return { kind: 'all' }
  return { kind: 'touched', paths: listChangedPaths(git, push.from, push.to) }
}

function changedSince(
  git: Git,
  deployed: string | null,
  { mode, push }: TreeSelection,
): ReadonlySet<string> | null {
  if (deployed === null) return null
  if (mode === 'staged') return listStagedPaths(git)
  if (push) return listChangedPaths(git, deployed, push.to)
  return listChangedOnDisk(git, deployed)
}

function treeOf(
  git: Git,
  blobs: BlobReader,
  kept: KeptObjects,
  commit: string | null,
  label: string,
): Tree {
  return commit === null
    ? createEmptyTree(label)
    : createCommitTree(git, blobs, commit, label, kept)
}

/** The ref that most probably is the base, so that opening the checkout can answer for it too. */
function likelyBase({ base, configuredBase }: TreeSelection): string {
  const name = base ?? configuredBase
  return name !== undefined && isBranchName(name) ? `refs/remotes/origin/${name}` : originHead
}
