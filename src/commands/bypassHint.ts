import type { Selection } from '../check/options.ts'

/**
 * How to go on unchecked, for whoever a hook has stopped; null outside of hooks.
 *
 * @param env - git gives GIT_INDEX_FILE to the hooks of a commit
 */
export function bypassHint({ kind }: Selection, env: NodeJS.ProcessEnv): string | null {
  if (kind === 'pushed') return 'To push unchecked: git push --no-verify'
  const inHook = kind === 'staged' && Boolean(env.GIT_INDEX_FILE)
  return inHook ? 'To commit unchecked: git commit --no-verify' : null
}
