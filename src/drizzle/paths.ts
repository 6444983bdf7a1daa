import { posix } from 'node:path'

/** Stands for the absolute path of the tree's root, which no config needs to tell. */
export const ROOT = '/<root>'

/** A path as a config gives it: relative to wherever drizzle-kit runs, or to the tree's root. */
export interface ConfigPath {
  readonly path: string
  readonly from: 'working directory' | 'root'
}

/**
 * The functions of `node:path` and `node:url` by name, for strings that may start with
 * {@link ROOT}. The process's own working directory plays no part.
 *
 * @returns undefined where the name is none of them
 */
export function pathCall(name: string, args: readonly string[]): string | undefined {
  const [first = '', second = ''] = args
  switch (name) {
    case 'join':
      return posix.join(...args)
    case 'resolve': {
      const absolute = args.findLastIndex((arg) => arg.startsWith('/'))
      return posix.join(...args.slice(Math.max(absolute, 0)))
    }
    case 'normalize':
      return posix.normalize(first)
    case 'dirname':
      return posix.dirname(first)
    case 'relative':
      return posix.normalize(first) === '.' ? second : undefined
    case 'fileURLToPath':
      return first.replace(/^file:\/\//, '')
    default:
      return undefined
  }
}

/** `new URL(path, base)` for `file:` URLs; undefined for every other. */
export function fileUrl(path: string, base: string): string | undefined {
  if (!base.startsWith('file://')) return undefined
  const folder = base.endsWith('/') ? base : posix.dirname(base)
  return `file://${posix.join(folder.slice('file://'.length), path)}`
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
