import type { Tree } from '../../git/tree.ts'
import type { Cache } from '../find/readings.ts'
import { type Dependencies, ProjectFiles, areUnchanged, dependenciesOf } from './dependencies.ts'
import type { KitTrace } from './request.ts'

/** How many states are kept of one question: switching branches comes back to them. */
const KEPT_STATES = 4

interface Kept<T> {
  readonly facts: string
  readonly dependencies: Dependencies
  readonly value: T
}

/** What an answer is about, and where it is kept. */
export interface Memory {
  /** Absolute path of the top folder. */
  readonly root: string
  readonly tree: Tree
  /** Where the process runs that answers; absolute. */
  readonly cwd: string
  readonly cache: Cache | null | undefined
  /** Names the question. */
  readonly key: string
  /** Everything that was looked at before asking. */
  readonly facts: string
}

/**
 * An answer of code of the user, asked for only if something it depends on has changed.
 *
 * @param ask - answers, and traces what the answer depends on; without a trace it is not kept
 */
export async function cachedAnswer<T>(
  { root, tree, cwd, cache, key, facts }: Memory,
  ask: () => Promise<{ readonly value: T; readonly trace: KitTrace | null }>,
): Promise<T> {
  const around = new ProjectFiles(root, tree)
  const kept = (cache?.get(key) ?? []) as readonly Kept<T>[]
  const known = kept.find((one) => one.facts === facts && areUnchanged(one.dependencies, around))
  if (known) return known.value
  const { value, trace } = await ask()
  if (trace !== null && cache) {
    const one: Kept<T> = { facts, dependencies: dependenciesOf(trace, root, cwd, around), value }
    cache.set(key, [one, ...kept].slice(0, KEPT_STATES))
  }
  return value
}
