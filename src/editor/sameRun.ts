/** What a run of ESLint has looked at on disk. */
interface Run {
  /** Files that it has linted. */
  readonly linted: Set<string>
  readonly stamps: Map<string, string>
  readonly together: WeakMap<readonly string[], string>
  readonly until: number
}

/** How long something is believed not to have changed, in milliseconds. */
const PATIENCE = 1000

const runs = new WeakMap<object, Run>()
let current: Run | null = null

/**
 * Looks at the disk for a file that is linted. A run of ESLint lints hundreds of files of one schema,
 * each of which depends on all the others: within it each is looked at once, and not once for each.
 *
 * ESLint has a configuration of its own for each run, and editors make one for each look at a file.
 * Where one stays (a program that keeps an instance), a run is over when a file is linted again, or
 * after a second.
 *
 * @param config - the same object for all files of a run
 * @param file - absolute
 */
export function inRun<T>(config: object, file: string, look: () => T): T {
  const known = runs.get(config)
  const isOver = known === undefined || known.linted.has(file) || performance.now() > known.until
  const run = isOver ? started() : known
  runs.set(config, run)
  run.linted.add(file)
  const outer = current
  current = run
  try {
    return look()
  } finally {
    current = outer
  }
}

function started(): Run {
  const until = performance.now() + PATIENCE
  return { linted: new Set(), stamps: new Map(), together: new WeakMap(), until }
}

/** A stamp as the current run has found it; asked for where there is none. */
export function stampInRun(path: string, ask: () => string): string {
  const known = current?.stamps.get(path)
  if (known !== undefined) return known
  const stamp = ask()
  current?.stamps.set(path, stamp)
  return stamp
}

/** The same of a list of paths that stays the same object. */
export function stampsInRun(paths: readonly string[], ask: () => string): string {
  const known = current?.together.get(paths)
  if (known !== undefined) return known
  const stamps = ask()
  current?.together.set(paths, stamps)
  return stamps
}
