import { statSync } from 'node:fs'

/** A text that changes when one of these files or folders does. What a folder's files say is another matter. */
export function stampsOf(paths: readonly string[]): string {
  return paths
    .map((path) => statSync(path, { throwIfNoEntry: false }))
    .map((stats) => (stats ? [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino].join() : ''))
    .join('\n')
}
