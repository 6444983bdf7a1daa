import { posix } from 'node:path'
import { ROOT } from '../../static/paths.ts'

/** A path as a config gives it: relative to wherever drizzle-kit runs, or to the tree's root. */
export interface ConfigPath {
  readonly path: string
  readonly from: 'working directory' | 'root'
}

/** A string from a config as a path; null for an absolute one that is not below the root. */
export function toConfigPath(text: string): ConfigPath | null {
  const path = posix.normalize(text.replaceAll('\\', '/'))
  if (path === ROOT || path.startsWith(`${ROOT}/`)) {
    return { path: tidy(path.slice(ROOT.length + 1)), from: 'root' }
  }
  if (path.startsWith('/') || /^[A-Za-z]:\//.test(path)) return null
  return { path: tidy(path), from: 'working directory' }
}

/** Joins a folder of the tree and a relative path; null where that leaves the tree. */
export function within(folder: string, path: string): string | null {
  const joined = tidy(posix.join(folder, path))
  return joined === '..' || joined.startsWith('../') ? null : joined
}

/** The folder a path lies in; `''` at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

function tidy(path: string): string {
  const trimmed = posix.normalize(path).replace(/^\.\//, '').replace(/\/$/, '')
  return trimmed === '.' ? '' : trimmed
}
