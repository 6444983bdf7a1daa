import { resolve } from 'node:path'

import { ProblemError } from '../finding/problem.ts'
import { findCheckout, realFolder } from './checkout.ts'
import type { CheckoutPlace } from './checkout.ts'
import { describeCheckout } from './head.ts'
import type { CheckoutFacts } from './head.ts'
import { firstLine, runGit } from './process.ts'

/** One question to git about its history: null where git failed or had nothing to say. */
export type AskGit = (args: readonly string[]) => Promise<string | null>

/** One checkout, and the only way to ask git about it. */
export interface Git extends CheckoutFacts {
  /** The environment every git process gets. */
  readonly env: NodeJS.ProcessEnv
  /**
   * Runs git in the top folder. Pathspecs are literal: folders such as `[slug]` exist.
   *
   * @throws ProblemError where git fails
   */
  run(args: readonly string[], input?: string): Buffer
  /** Runs git in the top folder for its exit status alone. Pathspecs may have magic. */
  answersYes(args: readonly string[]): boolean
  readonly ask: AskGit
}

/**
 * Opens the checkout a folder lies in, with a single process.
 *
 * The variables git gives its hooks are kept: `GIT_INDEX_FILE` names another index during
 * `commit -a` and `commit FILE`, `GIT_DIR` is set in linked worktrees.
 *
 * @param cwd - any folder of the checkout
 * @param env - the environment to run git in
 * @param likelyBase - full name of the ref that probably is the base; asked for along the way
 * @param commit - what to take for HEAD, by its id; null for HEAD
 * @throws ProblemError outside a checkout, in a bare repository, without git
 */
export function openGit(
  cwd: string,
  env: NodeJS.ProcessEnv,
  likelyBase: string,
  commit: string | null = null,
): Git {
  const own = ownEnvironment(env)
  const facts = describeCheckout(cwd, withWorkTree(cwd, own), likelyBase, commit)
  const place = placeOf(facts, own)

  return {
    ...facts,
    env: place.env,
    run: (args, input) => runOrFail(args, place, input),
    answersYes(args) {
      const env = { ...place.env, GIT_LITERAL_PATHSPECS: '0' }
      return runGit(args, { ...place, env }).status === 0
    },
    ask(args) {
      const { status, stdout } = runGit(args, place)
      return Promise.resolve((status === 0 && stdout.toString('utf8').trim()) || null)
    },
  }
}

/**
 * Git in a checkout that was found without asking it (`findCheckout`): spares the process that
 * `openGit` needs to learn the rest.
 */
export function gitIn(checkout: CheckoutPlace, env: NodeJS.ProcessEnv): Pick<Git, 'run'> {
  const place = placeOf(checkout, ownEnvironment(env))
  return { run: (args, input) => runOrFail(args, place, input) }
}

function ownEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '1' }
  for (const name of conflictingVariables) delete own[name]
  return own
}

function placeOf({ root, gitDir }: CheckoutPlace, env: NodeJS.ProcessEnv) {
  return { cwd: root, env: { ...env, GIT_DIR: gitDir, GIT_WORK_TREE: root } }
}

function runOrFail(
  args: readonly string[],
  place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  input?: string,
): Buffer {
  // What an id stands for is kept (keptObjects.ts), so it must be what git calls by that id.
  const env = READS_OBJECTS.has(args[0]!)
    ? { ...place.env, GIT_NO_REPLACE_OBJECTS: '1' }
    : place.env
  const { status, stdout, stderr } = runGit(args, { ...place, env }, input)
  if (status === 0) return stdout
  throw new ProblemError({
    message: `git ${args[0]} failed: ${firstLine(stderr)}`,
    file: null,
    help: `Run it by hand in ${place.cwd}; git fsck shows whether the clone is damaged.`,
  })
}

const READS_OBJECTS: ReadonlySet<string> = new Set(['ls-tree', 'cat-file'])

/** Git refuses these next to literal pathspecs. */
const conflictingVariables = ['GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS']

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
