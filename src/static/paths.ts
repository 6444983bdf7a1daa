import { posix } from 'node:path'

/** Stands for the absolute path of the tree's root, which no config needs to tell. */
export const ROOT = '/<root>'

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
