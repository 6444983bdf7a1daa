import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { unrelatedHistory } from './baseProblems.ts'
import type { AskGit, Git } from './git.ts'

/** A name for a commit, and the commit it stands for. */
export interface Revision {
  /** As messages show it: `origin/main`. */
  readonly name: string
  readonly commit: string
}

/** What the base is found with: questions about branches and commits. */
export interface CommitHistory {
  /** The commit a full ref name or any other revision stands for. */
  commitOf(revision: string): Promise<string | null>
  /**
   * What a branch name written by a person means: origin's branch if there is one, because that
   * is what production has, else whatever git takes the name for.
   */
  revisionOf(name: string): Promise<Revision | null>
  /** The production branch nobody has named: origin's default branch, else main or master. */
  defaultBranch(): Promise<(Revision & { readonly branch: string }) | null>
  /**
   * The production branch of a remote, else that of origin; never a local one.
   *
   * @param remote - a name or URL
   * @param name - of the branch, where somebody has named it
   */
  productionOf(
    remote: string,
    name: string | undefined,
  ): Promise<{ readonly branch: string | null; readonly revision: Revision | null }>
  /** The upstream of the branch HEAD is on. */
  upstream(): Promise<Revision | null>
  hasRemote(): Promise<boolean>
  isAncestor(commit: string, of: string): Promise<boolean>
  /**
   * The commit HEAD and another one have in common.
   *
   * @throws ProblemError where there is none, or a shallow clone does not have it
   */
  mergeBase(revision: Revision): Promise<string>
}

/**
 * @param git - the checkout
 * @param ask - how to ask: `git.ask`, or through simple-git
 */
export function openCommitHistory(git: Git, ask: AskGit): CommitHistory {
  const { head } = git
  const commitOf = async (revision: string): Promise<string | null> => {
    if (revision === head.likely?.ref) return head.likely.tip
    if (revision.startsWith('-')) return null
    return ask(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])
  }
  return {
    commitOf,
    async revisionOf(name) {
      for (const candidate of isBranchName(name) ? [`refs/remotes/origin/${name}`, name] : [name]) {
        const commit = await commitOf(candidate)
        if (commit !== null) return { name: shortName(candidate), commit }
      }
      return null
    },
    async defaultBranch() {
      if (head.likely?.asked === originHead) {
        const { ref, tip } = head.likely
        return { name: shortName(ref), branch: branchOf(ref), commit: tip }
      }
      const listed = await ask([
        'for-each-ref',
        '--format=%(refname) %(objectname) %(symref)',
        ...defaultBranches,
      ])
      return chooseDefault(listed ?? '')
    },
    async productionOf(remote, name) {
      const listed = await ask([
        'for-each-ref',
        '--format=%(refname) %(objectname) %(symref)',
        'refs/remotes',
      ])
      const refs = refsIn(listed ?? '')
      const wanted = name === undefined ? ['HEAD', 'main', 'master'] : [branchOf(name)]
      for (const one of new Set([remote, 'origin'])) {
        const found = wanted.flatMap((branch) => refs.get(`refs/remotes/${one}/${branch}`) ?? [])[0]
        if (found === undefined) continue
        const { ref, commit } = found
        return { branch: branchOf(ref), revision: { name: shortName(ref), commit } }
      }
      return { branch: name === undefined ? null : branchOf(name), revision: null }
    },
    async upstream() {
      if (head.branch === null || head.upstream === null) return null
      const ref = head.upstream ?? (await ask(['rev-parse', '--symbolic-full-name', '@{upstream}']))
      const commit = ref === null ? null : await commitOf(ref)
      return ref === null || commit === null ? null : { name: shortName(ref), commit }
    },
    async hasRemote() {
      return (await ask(['remote'])) !== null
    },
    async isAncestor(commit, of) {
      return (await ask(['merge-base', commit, of])) === commit
    },
    async mergeBase({ name, commit }) {
      if (commit === head.commit) return commit
      const common =
        commit === head.likely?.tip
          ? head.likely.mergeBase
          : await ask(['merge-base', head.commit ?? 'HEAD', commit])
      if (common === null) throw unrelatedHistory(git, name)
      const merging = mergedIn(git)
      return merging === null ? common : duringMerge(ask, merging, common, commit)
    },
  }
}

/**
 * While the production branch is being merged, the files of both sides are there but HEAD is still
 * the one side: what the merge brings in is in production all the same.
 */
async function duringMerge(
  ask: AskGit,
  merging: string,
  common: string,
  commit: string,
): Promise<string> {
  const merged = await ask(['merge-base', merging, commit])
  const isLater = merged !== null && (await ask(['merge-base', common, merged])) === common
  return isLater ? merged : common
}

/**
 * The commit that is being merged into the one checked out. A merge without conflicts writes
 * MERGE_HEAD only after pre-merge-commit; until then the environment alone tells, in the variables
 * by which git merge-recursive (its manual) learns how to call the two sides.
 */
function mergedIn({ gitDir, head, env }: Git): string | null {
  if (!head.checkedOut) return null
  if (existsSync(join(gitDir, 'MERGE_HEAD'))) return 'MERGE_HEAD'
  const ids = Object.keys(env).flatMap(
    (name) => /^GITHEAD_([0-9a-f]{40,64})$/.exec(name)?.[1] ?? [],
  )
  return ids.find((id) => id !== head.commit) ?? null
}

/** The name of the branch a ref stands for, without its remote: `main` for `origin/main`. */
export function branchOf(ref: string): string {
  return ref.replace(/^refs\/heads\/|^refs\/remotes\/[^/]+\/|^origin\//, '')
}

/** Whether the name may be a branch's; `HEAD~1` cannot. */
export function isBranchName(name: string): boolean {
  return !/^HEAD$|^-|^refs\/|[~^:@{\s]/.test(name)
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|remotes|tags)\//, '')
}

/** What a clone's remote calls its default branch; often missing where nobody cloned. */
export const originHead = 'refs/remotes/origin/HEAD'

const defaultBranches = [
  'refs/remotes/*/HEAD',
  'refs/remotes/*/main',
  'refs/remotes/*/master',
  'refs/heads/main',
  'refs/heads/master',
]

/** Refs as `for-each-ref` lists them: name, commit, and what a symbolic one stands for. */
function refsIn(
  listed: string,
): ReadonlyMap<string, { readonly ref: string; readonly commit: string }> {
  return new Map(
    listed.split('\n').map((line) => {
      const [ref = '', commit = '', target] = line.split(' ')
      return [ref, { ref: target || ref, commit }]
    }),
  )
}

function chooseDefault(listed: string): (Revision & { readonly branch: string }) | null {
  const refs = refsIn(listed)
  const remotes = new Set(
    [...refs.keys()].flatMap((ref) => /^refs\/remotes\/([^/]+)\//.exec(ref)?.[1] ?? []),
  )
  // Of several remotes without an origin among them, none is better than the others.
  const remote = remotes.has('origin') || remotes.size !== 1 ? 'origin' : [...remotes][0]
  const wanted = defaultBranches.map((pattern) => pattern.replace('*', remote!))
  const chosen = wanted.flatMap((ref) => refs.get(ref) ?? [])[0]
  if (chosen === undefined) return null
  return { name: shortName(chosen.ref), branch: branchOf(chosen.ref), commit: chosen.commit }
}
