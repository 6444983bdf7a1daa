import { statSync } from 'node:fs'
import { stampInRun, stampsInRun } from './sameRun.ts'

/** A text that changes when one of these files or folders does. What a folder's files say is another matter. */
export function stampsOf(paths: readonly string[]): string {
  return stampsInRun(paths, () =>
    paths.map((path) => stampInRun(path, () => stampOf(path))).join('\n'),
  )
}

function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats ? [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino].join() : ''
}
