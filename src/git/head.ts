import { ProblemError } from '../finding/problem.ts'
import { shellWord } from '../finding/shellWord.ts'
import { findCheckout } from './checkout.ts'
import { firstLine, runGit, worksWithoutGit } from './process.ts'

/** What HEAD is, as far as one process could tell; or another commit in its place. */
export interface Head {
  /** False where it is a commit that was asked for, which is on no branch then. */
  readonly checkedOut: boolean
  /** Null before the first commit. */
  readonly commit: string | null
  /** Full name of the branch; null where HEAD is detached or unborn. */
  readonly branch: string | null
  /** Full name of the branch's upstream; undefined where nobody has asked yet. */
  readonly upstream: string | null | undefined
  /** How HEAD relates to the branch that was expected to be the base; null where it is missing. */
  readonly likely: {
    /** As it was asked for; `ref` is what it stands for, if it is symbolic. */
    readonly asked: string
    readonly ref: string
    readonly tip: string
    readonly mergeBase: string | null
  } | null
}

/** What one process tells about a checkout. */
export interface CheckoutFacts {
  /** Absolute path of the top folder. */
  readonly root: string
  /** Absolute path of the git directory of this checkout (a linked worktree has its own). */
  readonly gitDir: string
  /** Whether history was cut off when cloning. */
  readonly shallow: boolean
  readonly head: Head
}

/**
 * Asks git about a checkout, with one rev-parse for everything. It prints answers until one
 * fails, so what may be missing comes last. With --symbolic-full-name refs are printed as names
 * and merge bases as ids, and the merge base of a branch with itself is its tip.
 *
 * @param likelyBase - full name of the ref that probably is the base
 * @param commit - what to take for HEAD, by its id; null for HEAD
 * @throws ProblemError outside a checkout, in a bare repository, without git
 */
export function describeCheckout(
  cwd: string,
  env: NodeJS.ProcessEnv,
  likelyBase: string,
  commit: string | null,
): CheckoutFacts {
  const head = commit ?? 'HEAD'
  const { stdout, stderr } = runGit(
    [
      'rev-parse',
      '--is-bare-repository',
      '--is-shallow-repository',
      '--absolute-git-dir',
      '--show-toplevel',
      head,
      '--symbolic-full-name',
      'HEAD',
      `${likelyBase}...${likelyBase}`,
      `${likelyBase}...${head}`,
      '@{upstream}',
    ],
    { cwd, env },
  )
  const lines = stdout.toString('utf8').split(/\r?\n/).slice(0, -1)
  const [, shallow, gitDir, root] = lines
  if (gitDir !== undefined && root !== undefined) {
    const found = readHead(lines.slice(4), likelyBase)
    const asked =
      commit === null ? found : { ...found, checkedOut: false, branch: null, upstream: null }
    return { root, gitDir, shallow: shallow === 'true', head: asked }
  }
  const message =
    lines.length === 0
      ? findCheckout(cwd, env) === null
        ? `${cwd} is not in a git repository`
        : `git cannot use ${cwd} as a repository: ${firstLine(stderr)}`
      : lines[0] === 'true'
        ? `${cwd} is a bare repository, which has no files to check`
        : `${cwd} lies inside a git directory, which has no files to check`
  throw new ProblemError({
    message,
    file: null,
    help: stderr.includes('safe.directory')
      ? `Trust the checkout: git config --global --add safe.directory ${shellWord(cwd)}`
      : `Choosing the pending migrations needs a git checkout. ${worksWithoutGit}`,
  })
}

function readHead(lines: readonly string[], asked: string): Head {
  const [commit, branch, ref, , tip, ...rest] = lines
  // Before the first commit git repeats the question, `HEAD`.
  if (commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) {
    return { checkedOut: true, commit: null, branch: null, upstream: undefined, likely: null }
  }
  const found = ref !== undefined && tip !== undefined && tip.startsWith('^')
  return {
    checkedOut: true,
    commit,
    branch: branch === undefined || branch === 'HEAD' ? null : branch,
    // After the two sides of the comparison.
    upstream: found ? (rest.slice(2).find((line) => line.startsWith('refs/')) ?? null) : undefined,
    likely: found
      ? {
          asked,
          ref,
          tip: tip.slice(1),
          mergeBase: rest.find((line) => line.startsWith('^'))?.slice(1) ?? null,
        }
      : null,
  }
}
