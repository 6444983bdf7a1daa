import { noProductionBranch, notInClone, unknownBase } from './baseProblems.ts'
import type { CiChange } from './ci.ts'
import type { AskGit, Git } from './git.ts'
import { branchOf, openCommitHistory } from './commitHistory.ts'
import type { CommitHistory, Revision } from './commitHistory.ts'

/** The two commits a check compares with; null stands for a state without files. */
export interface Base {
  /** How it was found, for messages: `origin/main`; null before the first commit. */
  readonly name: string | null
  /** The commit production has, as far as git can tell. */
  readonly deployed: string | null
  /** The tip of the production branch. */
  readonly target: string | null
  /** Whether nothing is known of production: a remote that has no production branch yet. */
  readonly isNew?: boolean
}

/** Where a push goes, as git tells its hook. */
export interface PushTarget {
  /** The remote's name, or its URL. */
  readonly remote: string
  /** Full name of the ref there. */
  readonly ref: string
}

/** What people and CI say about the base, in the order in which it counts. */
export interface BaseHints {
  /** Of `--base`. */
  readonly explicit: string | undefined
  /** Of the configuration. */
  readonly configured: string | undefined
  readonly ci: CiChange | null
  /** Whether this runs in some CI, known to us or not. */
  readonly inCi: boolean
  /** Of a pre-push hook, with the commit the remote has there; null where it has none. */
  readonly push?: (PushTarget & { readonly from: string | null }) | undefined
}

/**
 * Finds what production has: the merge base of HEAD with the production branch. On that branch
 * itself it is the commit before the push in CI, else the upstream, else HEAD where the
 * repository has no remote.
 *
 * @throws ProblemError where a named base does not exist, no production branch can be found, or a
 *   shallow clone does not reach back to the merge base
 */
export async function resolveBase(git: Git, ask: AskGit, hints: BaseHints): Promise<Base> {
  const { explicit, configured, ci } = hints
  const history = openCommitHistory(git, ask)
  if (explicit !== undefined) {
    const revision = await named(git, history, explicit, '--base')
    return git.head.commit === null ? exactly(revision) : since(history, revision)
  }
  if (git.head.commit === null) return { name: null, deployed: null, target: null }
  if (hints.push) return ofPush(history, hints.push, configured)

  if (configured === undefined && ci?.baseCommit) return beforeRequest(git, history, ci)
  const name = configured ?? ci?.targetBranch ?? ci?.defaultBranch ?? null
  if (name === null) return withoutName(git, history, hints)

  const branch = branchOf(name)
  if (ci?.push?.branch === branch) return beforePush(git, history, ci.push)
  if (git.head.branch === `refs/heads/${branch}`) {
    const upstream = await history.upstream()
    if (upstream !== null) return since(history, upstream)
  }
  const source = configured === undefined ? ci!.service : 'base in the configuration'
  const revision = await named(git, history, name, source)
  return isLocal(revision, branch) && git.head.branch === `refs/heads/${branch}`
    ? onUnpublishedBranch(git, history, hints)
    : since(history, revision)
}

/**
 * What is in production where something is pushed: what the remote has, never a local branch, which
 * is what is about to be pushed. A remote without a production branch has nothing yet.
 */
async function ofPush(
  history: CommitHistory,
  { remote, ref, from }: NonNullable<BaseHints['push']>,
  configured: string | undefined,
): Promise<Base> {
  const branch = ref.replace(/^refs\/heads\//, '')
  const production = await history.productionOf(remote, configured)
  if (branch === production.branch || (production.branch === null && isUsual(branch))) {
    const name = `${branch} of ${remote}`
    if (from === null) return { name, deployed: null, target: null, isNew: true }
    const commit = await history.commitOf(from)
    if (commit !== null) return since(history, { name, commit })
  }
  const { revision } = production
  const tag =
    configured && revision === null ? await history.commitOf(`refs/tags/${configured}`) : null
  if (configured && tag) return since(history, { name: configured, commit: tag })
  return revision === null
    ? { name: `nothing of ${remote}`, deployed: null, target: null, isNew: true }
    : since(history, revision)
}

function isUsual(branch: string): boolean {
  return branch === 'main' || branch === 'master'
}

async function withoutName(git: Git, history: CommitHistory, hints: BaseHints): Promise<Base> {
  const production = await history.defaultBranch()
  if (production === null) {
    if (await history.hasRemote()) throw noProductionBranch()
    return exactly(headOf(git))
  }
  if (git.head.branch !== `refs/heads/${production.branch}`) return since(history, production)
  const upstream = await history.upstream()
  if (upstream !== null) return since(history, upstream)
  return isLocal(production, production.branch)
    ? onUnpublishedBranch(git, history, hints)
    : since(history, production)
}

/** On a production branch that no remote-tracking branch is known for. */
async function onUnpublishedBranch(
  git: Git,
  history: CommitHistory,
  { inCi }: BaseHints,
): Promise<Base> {
  // In CI this is a checkout that fetched too little, and nothing would ever be pending.
  if (inCi && (await history.hasRemote())) throw noProductionBranch()
  return exactly(headOf(git))
}

/** A merge request or a merge queue: the service knows the commit it stands on. */
async function beforeRequest(git: Git, history: CommitHistory, ci: CiChange): Promise<Base> {
  const known = await history.commitOf(ci.baseCommit!)
  const label = ci.targetBranch ?? `the base ${ci.service} gives`
  if (known === null) throw notInClone(git, 'the base of this change', ci.baseCommit!)
  const deployed = await history.mergeBase({ name: label, commit: known })
  // A reused clone may have a branch older than that.
  const tip = await history.commitOf(`refs/remotes/origin/${ci.targetBranch}`)
  const target = tip !== null && (await history.isAncestor(known, tip)) ? tip : known
  return { name: `${label} (${ci.service})`, deployed, target }
}

/** A push to the production branch: production has what was there before. */
async function beforePush(
  git: Git,
  history: CommitHistory,
  { branch, before }: NonNullable<CiChange['push']>,
): Promise<Base> {
  if (before === null) return { name: `the new branch ${branch}`, deployed: null, target: null }
  const commit = await history.commitOf(before)
  const name = `${branch} before this push`
  if (commit === null) throw notInClone(git, name, before)
  return exactly({ name, commit })
}

async function named(
  git: Git,
  history: CommitHistory,
  name: string,
  source: string,
): Promise<Revision> {
  const revision = await history.revisionOf(name)
  if (revision !== null) return revision
  throw unknownBase(git, name, source)
}

async function since(history: CommitHistory, revision: Revision): Promise<Base> {
  const deployed = await history.mergeBase(revision)
  return { name: revision.name, deployed, target: revision.commit }
}

function exactly({ name, commit }: Revision): Base {
  return { name, deployed: commit, target: commit }
}

function headOf(git: Git): Revision {
  return { name: 'HEAD', commit: git.head.commit! }
}

function isLocal({ name }: Revision, branch: string): boolean {
  return name === branch
}
