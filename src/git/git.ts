import { resolve } from 'node:path'

import { ProblemError } from '../problem.ts'
import { findCheckout, realFolder } from './checkout.ts'
import { runGit, worksWithoutGit } from './process.ts'

/** One question to git about its history: null where git failed or had nothing to say. */
export type AskGit = (args: readonly string[]) => Promise<string | null>

/** One checkout, and the only way to ask git about it. */
export interface Git {
  /** Absolute path of the top folder. */
  readonly root: string
  /** Absolute path of the git directory of this checkout (a linked worktree has its own). */
  readonly gitDir: string
  /** Whether history was cut off when cloning. */
  readonly shallow: boolean
  readonly head: Head
  /** The environment every git process gets. */
  readonly env: NodeJS.ProcessEnv
  /**
   * Runs git in the top folder. Pathspecs are literal: folders such as `[slug]` exist.
   *
   * @throws ProblemError where git fails
   */
  run(args: readonly string[], input?: string): Buffer
  readonly ask: AskGit
}

/** What HEAD is, as far as one process could tell. */
export interface Head {
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

/**
 * Opens the checkout a folder lies in, with a single process.
 *
 * The variables git gives its hooks are kept: `GIT_INDEX_FILE` names another index during
 * `commit -a` and `commit FILE`, `GIT_DIR` is set in linked worktrees.
 *
 * @param cwd - any folder of the checkout
 * @param env - the environment to run git in
 * @param likelyBase - full name of the ref that probably is the base, asked for on the same occasion
 * @throws ProblemError outside a checkout, in a bare repository, without git
 */
export function openGit(cwd: string, env: NodeJS.ProcessEnv, likelyBase: string): Git {
  const own: NodeJS.ProcessEnv = { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '1' }
  for (const name of conflictingVariables) delete own[name]
  const lines = describeCheckout(cwd, withWorkTree(cwd, own), likelyBase)
  const [, shallow, gitDir, root] = lines as [string, string, string, string]
  const place = { cwd: root, env: { ...own, GIT_DIR: gitDir, GIT_WORK_TREE: root } }

  return {
    root,
    gitDir,
    shallow: shallow === 'true',
    head: readHead(lines.slice(4), likelyBase),
    env: place.env,
    run(args, input) {
      const { status, stdout, stderr } = runGit(args, place, input)
      if (status === 0) return stdout
      throw new ProblemError({
        message: `git ${args[0]} failed: ${firstLine(stderr)}`,
        file: null,
        help: `Run it by hand in ${root}; git fsck tells whether the clone is damaged.`,
      })
    },
    ask(args) {
      const { status, stdout } = runGit(args, place)
      return Promise.resolve((status === 0 && stdout.toString('utf8').trim()) || null)
    },
  }
}

/** Git refuses these next to literal pathspecs. */
const conflictingVariables = [
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
]

/**
 * In a linked worktree git gives its hooks GIT_DIR without GIT_WORK_TREE, and a git started in a
 * subfolder then takes that subfolder for the top, with every file deleted.
 */
function withWorkTree(cwd: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!env.GIT_DIR || env.GIT_WORK_TREE) return env
  const found = findCheckout(cwd, {})
  const given = resolve(cwd, env.GIT_DIR)
  if (found === null || realFolder(found.gitDir) !== realFolder(given)) return env
  return { ...env, GIT_DIR: found.gitDir, GIT_WORK_TREE: found.root }
}

/**
 * One rev-parse for everything. It prints answers until one fails, so what may be missing comes
 * last. With --symbolic-full-name refs are printed as names and merge bases as ids, and the merge
 * base of a branch with itself is its tip.
 */
function describeCheckout(cwd: string, env: NodeJS.ProcessEnv, likelyBase: string): string[] {
  const { stdout, stderr } = runGit([
    'rev-parse',
    '--is-bare-repository',
    '--is-shallow-repository',
    '--absolute-git-dir',
    '--show-toplevel',
    'HEAD',
    '--symbolic-full-name',
    'HEAD',
    `${likelyBase}...${likelyBase}`,
    `${likelyBase}...HEAD`,
    '@{upstream}',
  ], { cwd, env })
  const lines = stdout.toString('utf8').split(/\r?\n/).slice(0, -1)
  if (lines.length >= 4) return lines
  const message = lines.length === 0
    ? `git cannot use ${cwd} as a repository: ${firstLine(stderr)}`
    : lines[0] === 'true'
      ? `${cwd} is a bare repository, which has no files to check`
      : `${cwd} lies inside a git directory, which has no files to check`
  throw new ProblemError({
    message,
    file: null,
    help: `Choosing the pending migrations needs a git checkout. ${worksWithoutGit}`,
  })
}

function readHead(lines: readonly string[], asked: string): Head {
  const [commit, branch, ref, , tip, , , ...rest] = lines
  // Before the first commit git repeats the question, `HEAD`.
  if (commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit)) {
    return { commit: null, branch: null, upstream: undefined, likely: null }
  }
  const found = ref !== undefined && tip !== undefined && tip.startsWith('^')
  return {
    commit,
    branch: branch === undefined || branch === 'HEAD' ? null : branch,
    upstream: found ? rest.find((line) => line.startsWith('refs/')) ?? null : undefined,
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

function firstLine(text: string): string {
  return text.trim().split('\n')[0] || 'no reason given'
}
